"""Tells where no request may go: addresses of private networks, of this machine, of its neighbours.

A site can redirect anywhere, and its name can resolve to anything, at any time. So the last word is spoken where a
connection begins, over the number that it would really go to. Belongs here: that word. Does not belong here: robots.txt.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

#: What aiohttp hands to a socket factory: family, type, protocol, canonical name, and the address.
AddressInfo = tuple[Any, Any, int, str, tuple[Any, ...]]


class PrivateAddress(OSError):
    """A connection that would leave the public Internet."""


def may_connect(number: str, *, allow_loopback: bool) -> bool:
    """Tell whether a connection to this address (of IPv4 or IPv6) may be made."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        # What an address of IPv6 wraps decides: mapped, 6to4 and Teredo ones lead to one of IPv4.
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if wrapped is not None:
            return may_connect(str(wrapped), allow_loopback=allow_loopback)
        if address in _NAT64:
            return may_connect(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)), allow_loopback=allow_loopback)
    if address.is_loopback:
        return allow_loopback
    if address.version == 6 and address not in _GLOBAL:
        return False
    special = address.is_multicast or address.is_reserved or any(address in network for network in _SPECIAL)
    return address.is_global and not special


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: All addresses of IPv6 that were ever given out for the Internet: fec0::/10, once private, is none of them.
_GLOBAL = ipaddress.ip_network("2000::/3")
#: What Python's own lists lack: 6to4 relays (RFC 7526), and the examples of RFC 9637.
_SPECIAL = (ipaddress.ip_network("192.88.99.0/24"), ipaddress.ip_network("3fff::/20"))


def socket_factory(*, allow_loopback: bool) -> Callable[[AddressInfo], socket.socket]:
    """Tell what makes the sockets of a client: raises `PrivateAddress` instead of making one that would leave the Internet."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not may_connect(str(address[0]), allow_loopback=allow_loopback):
            raise PrivateAddress(f"{address[0]} is no address of the public Internet")
        return socket.socket(family=family, type=kind, proto=protocol)

    return make
