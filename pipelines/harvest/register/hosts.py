"""Tells what one host needs that others do not, `data/hosts.csv`: a longer pause between requests, or TLS of another age.

Belongs here: the rows, and the TLS contexts that they name. Does not belong here: the pause and the limits of all other
hosts, or requests. Old TLS is never a setting for all hosts, and nothing turns it on but a line for the host.
"""

from __future__ import annotations

import math
import re
import ssl
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from expectations.data_files import DATA, DataFileError, read_csv

HOSTS_FILE = DATA / "hosts.csv"
COLUMNS = ("host", "delay_seconds", "tls", "note")
#: Empty: as Python does it. `legacy`: old protocols and ciphers, the certificate still verified. `unverified`: as
#: legacy, and whoever answers is believed.
TLS = ("", "legacy", "unverified")
#: Longer than this is a mistake of unit, and would hold up a whole refresh.
LONGEST_DELAY = 600
_HOST = re.compile(r"(?!.*\.\.)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
#: Whatever encrypts and knows whom it talks to; level 0 also lets in TLS before 1.2 and short keys.
_OLD_CIPHERS = "ALL:!aNULL:!eNULL:!PSK:!SRP:@SECLEVEL=0"
#: SSL_OP_LEGACY_SERVER_CONNECT: Python has the name from 3.12 on, OpenSSL has had the bit all along.
_LEGACY_SERVER_CONNECT = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)


class HostsError(DataFileError):
    """A register of hosts that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class HostSettings:
    """Holds what is set for one host. `delay_seconds` is the least time between two requests, None for the usual one."""

    host: str
    delay_seconds: float | None = None
    tls: str = ""
    note: str = ""


def load(path: Path = HOSTS_FILE) -> dict[str, HostSettings]:
    """The hosts by name. Raises `HostsError` with every problem of the file, by line."""
    problems: list[str] = []
    hosts: dict[str, HostSettings] = {}
    for line in read_csv(path, COLUMNS, HostsError):
        found = [line.fault] if line.fault else list(_problems(line.values))
        host = None if found else _host(line.values)
        if host and host.host in hosts:
            found.append(f"the host {host.host} stands twice; keep one line")
        elif host:
            hosts[host.host] = host
        problems += [f"line {line.number}: {told}" for told in found]
    if problems:
        raise HostsError(str(path), problems)
    return hosts


def of_url(hosts: Mapping[str, HostSettings], url: str) -> HostSettings:
    """Tell what is set for an address's host: for its port if there is such a line, else for the host, else nothing."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    with_port = hosts.get(f"{name}:{parts.port}") if parts.port else None
    return with_port or hosts.get(name) or HostSettings(name)


def _host(row: Mapping[str, str]) -> HostSettings:
    return HostSettings(
        row["host"], float(row["delay_seconds"]) if row["delay_seconds"] else None, row["tls"], row["note"]
    )


def _problems(row: Mapping[str, str]) -> Iterator[str]:
    host, delay = row["host"], row["delay_seconds"]
    if not _HOST.fullmatch(host):
        yield f"the host is {host!r}; write a name in small letters, as www.example.gov.cn or with a port, and no pattern"
    if delay and not _is_delay(delay):
        yield f"delay_seconds is {delay!r}; it is a number of seconds from 0 to {LONGEST_DELAY}, or empty"
    if row["tls"] not in TLS:
        yield f"tls is {row['tls']!r}; it is empty, {' or '.join(TLS[1:])}"


def _is_delay(text: str) -> bool:
    try:
        seconds = float(text)
    except ValueError:
        return False
    return math.isfinite(seconds) and 0 <= seconds <= LONGEST_DELAY


@cache
def ssl_context(tls: str) -> ssl.SSLContext:
    """The client's TLS context for a host's `tls`, made once; do not change it. Raises `ValueError` for another word.

    `legacy` speaks TLS 1.0 and later with any cipher that encrypts, and with servers that do not know secure
    renegotiation. Its certificate must be issued by an authority of this machine for this host, but may have a weak key
    or hash. `unverified` is that without any look at the certificate.
    """
    if tls not in TLS:
        raise ValueError(f"tls is {tls!r}; it is empty, {' or '.join(TLS[1:])}")
    context = ssl.create_default_context()
    if tls:
        context.options |= _LEGACY_SERVER_CONNECT
        context.set_ciphers(_OLD_CIPHERS)
        with warnings.catch_warnings():
            # That TLS 1.0 is out of date is why a host has such a line.
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
    if tls == "unverified":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
