"""The register of hosts, and its TLS: what each context allows, shown against real servers on loopback."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pipelines.harvest.register.hosts import HOSTS_FILE, HostsError, HostSettings, load, of_url, ssl_context

HEADER = "host,delay_seconds,tls,note"
SECONDS = 10


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "hosts.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_the_header_of_the_projects_register_is_the_documented_one() -> None:
    assert HOSTS_FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER


def test_no_host_of_the_projects_register_goes_unverified_without_a_reason() -> None:
    assert [host.host for host in load().values() if host.tls == "unverified" and not host.note] == []


def test_hosts_are_read_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, "www.a.gov.cn,2.5,legacy,old server", "", "b.gov.cn:8004,,unverified,", "127.0.0.1,0,,")
    assert load(path) == {
        "www.a.gov.cn": HostSettings("www.a.gov.cn", 2.5, "legacy", "old server"),
        "b.gov.cn:8004": HostSettings("b.gov.cn:8004", None, "unverified", ""),
        "127.0.0.1": HostSettings("127.0.0.1", 0.0, "", ""),
    }


def test_an_address_has_the_settings_of_its_host_and_port_only(tmp_path: Path) -> None:
    hosts = load(written(tmp_path, "a.gov.cn,2,,", "a.gov.cn:8004,9,,"))
    delays = {
        url: of_url(hosts, url).delay_seconds
        for url in ("http://a.gov.cn/x", "http://A.gov.cn:8004/", "http://a.gov.cn:80/", "http://www.a.gov.cn/")
    }
    assert list(delays.values()) == [2.0, 9.0, 2.0, None]
    assert of_url(hosts, "http://www.a.gov.cn/") == HostSettings("www.a.gov.cn", None, "", "")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",1,,", "the host is ''; write a name"),
        ("*.gov.cn,1,,", "the host is '*.gov.cn'"),
        ("https://a.gov.cn,1,,", "the host is 'https://a.gov.cn'"),
        ("A.gov.cn,1,,", "in small letters"),
        ("a..gov.cn,1,,", "the host is 'a..gov.cn'"),
        ("a.gov.cn,soon,,", "delay_seconds is 'soon'; it is a number of seconds from 0 to 600"),
        ("a.gov.cn,-1,,", "delay_seconds is '-1'"),
        ("a.gov.cn,nan,,", "delay_seconds is 'nan'"),
        ("a.gov.cn,5000,,", "delay_seconds is '5000'"),
        ("a.gov.cn,1,off,", "tls is 'off'; it is empty, legacy or unverified"),
        ("a.gov.cn,1", "2 fields; 4 are expected"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(HostsError) as raised:
        load(written(tmp_path, "b.gov.cn,,,", row))
    (told,) = raised.value.problems
    assert told.startswith("line 3: ")
    assert says in told


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(HostsError) as raised:
        load(written(tmp_path, "a.gov.cn,x,y,", "b.gov.cn,,,", "b.gov.cn,3,,"))
    assert [told.split(" is ")[0] for told in raised.value.problems] == [
        "line 2: delay_seconds",
        "line 2: tls",
        "line 4: the host b.gov.cn stands twice; keep one line",
    ]


def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostsError, match="line 1: the header lacks 'tls'"):
        load(written(tmp_path, header="host,delay_seconds,note"))


def test_contexts_are_made_once_and_differ_in_what_they_allow() -> None:
    usual, legacy, unverified = (ssl_context(tls) for tls in ("", "legacy", "unverified"))
    assert ssl_context("legacy") is legacy
    for context in (usual, legacy):
        assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert (unverified.verify_mode, unverified.check_hostname) == (ssl.CERT_NONE, False)
    assert usual.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert usual.cert_store_stats() == legacy.cert_store_stats()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert [context.minimum_version for context in (legacy, unverified)] == [ssl.TLSVersion.TLSv1] * 2
    assert [bool(context.options & 0x4) for context in (usual, legacy, unverified)] == [False, True, True]
    for context in (legacy, unverified):
        names = {cipher["name"] for cipher in context.get_ciphers()}
        assert names > {cipher["name"] for cipher in usual.get_ciphers()}
        assert "AES128-SHA" in names
        assert not [name for name in names if "NULL" in name or name.startswith(("ADH", "AECDH", "PSK", "SRP"))]


def test_another_word_is_no_context() -> None:
    with pytest.raises(ValueError, match="tls is 'off'"):
        ssl_context("off")


@contextmanager
def server(certificate: Path, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> Iterator[int]:
    """A TLS server on loopback that answers one connection after another with `hello`; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if newest < ssl.TLSVersion.TLSv1_2:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = newest
        context.maximum_version = newest
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listener, context), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(SECONDS)
        assert not thread.is_alive()


def _serve(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            raw, _ = listener.accept()
        except OSError:
            return
        raw.settimeout(SECONDS)
        # A client that refuses the certificate leaves in the midst of the handshake.
        with suppress(OSError), raw, context.wrap_socket(raw, server_side=True) as secured:
            secured.sendall(b"hello")


def spoken(port: int, context: ssl.SSLContext) -> tuple[bytes, str | None]:
    """What the server says to this client, and the protocol that both speak."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as raw,
        context.wrap_socket(raw, server_hostname="localhost") as secured,
    ):
        return secured.recv(5), secured.version()


@pytest.mark.parametrize("tls", ["", "legacy"])
def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path, tls: str) -> None:
    with server(certificate) as port, pytest.raises(ssl.SSLCertVerificationError, match="self-signed"):
        spoken(port, ssl_context(tls))


def test_unverified_accepts_a_certificate_that_nobody_vouches_for(certificate: Path) -> None:
    with server(certificate) as port:
        assert spoken(port, ssl_context("unverified")) == (b"hello", "TLSv1.3")


@pytest.mark.skipif(not ssl.HAS_TLSv1, reason="this OpenSSL was built without TLS 1.0")
def test_a_server_that_only_speaks_old_tls_needs_a_line(certificate: Path) -> None:
    legacy = ssl_context.__wrapped__("legacy")  # not the shared one, since it is changed
    legacy.load_verify_locations(certificate)
    usual = ssl.create_default_context(cafile=str(certificate))
    with server(certificate, ssl.TLSVersion.TLSv1) as port:
        with pytest.raises(ssl.SSLError, match=r"(?i)version|protocol"):
            spoken(port, usual)
        assert spoken(port, legacy) == (b"hello", "TLSv1")
        assert spoken(port, ssl_context("unverified")) == (b"hello", "TLSv1")
        with pytest.raises(ssl.SSLCertVerificationError):
            spoken(port, ssl_context("legacy"))
