"""No connection leaves the public Internet, however its address is written and whatever a name resolves to."""

from __future__ import annotations

import socket

import pytest

from pipelines.harvest.fetch.guard import PrivateAddress, may_connect, socket_factory
from tests.made.cases import folded

PUBLIC = ("8.8.8.8", "114.114.114.114", "2400:da00::6666", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:0808:0808::1")
LOOPBACK = ("127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::1")
PRIVATE = (
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255", "169.254.169.254"),
    *("0.0.0.0", "0.1.2.3", "255.255.255.255", "240.0.0.1", "224.0.0.1", "239.255.255.250", "192.0.0.1", "198.18.0.1"),
    *("192.0.2.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
    *("::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1"),
    *("100::1", "3fff::1", "4000::1", "5f00::1", "::7f00:1", "::ffff:0:10.0.0.1"),
    # One of IPv4 in one of IPv6: mapped, NAT64 (well known and local), 6to4, Teredo.
    *("::ffff:10.0.0.1", "::ffff:100.64.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8"),
    *("2002:0a00:0001::1", "2002:c0a8:0101::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe"),
)


@pytest.mark.parametrize("number", PUBLIC)
def test_public_addresses_may_be_asked(number: str) -> None:
    assert may_connect(number, allow_loopback=False)
    assert may_connect(number, allow_loopback=True)


@pytest.mark.parametrize("number", LOOPBACK)
def test_this_machine_may_be_asked_in_tests_only(number: str) -> None:
    assert not may_connect(number, allow_loopback=False)
    assert may_connect(number, allow_loopback=True)


@folded("number", PRIVATE)
def test_all_else_may_never_be_asked(number: str) -> None:
    assert not may_connect(number, allow_loopback=False)
    assert not may_connect(number, allow_loopback=True)


@pytest.mark.parametrize("number", ["10.0.0.1", "127.0.0.1", "fe80::1"])
def test_no_socket_is_made_for_a_private_address(number: str) -> None:
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    rest = (80, 0, 0) if ":" in number else (80,)
    with pytest.raises(PrivateAddress, match=f"{number} is no address of the public Internet"):
        socket_factory(allow_loopback=False)((family, socket.SOCK_STREAM, 6, "", (number, *rest)))


def test_a_socket_is_of_the_kind_that_was_asked_for() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))
    with socket_factory(allow_loopback=True)(info) as made:
        assert (made.family, made.type, made.proto) == (socket.AF_INET, socket.SOCK_STREAM, 6)


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.1", "localhost"])
def test_other_spellings_of_an_address_are_seen_through(spelling: str) -> None:
    """What the resolver makes of a host is what the guard sees."""
    infos = socket.getaddrinfo(spelling, 80, type=socket.SOCK_STREAM)
    assert infos
    assert not [info for info in infos if may_connect(str(info[4][0]), allow_loopback=False)]
