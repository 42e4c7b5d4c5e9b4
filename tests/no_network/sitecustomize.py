"""Refuses every connection and every look-up of a name that leaves this machine.

Python runs a module of this name when it starts, so that each process that a test starts refuses too, where
this folder is in PYTHONPATH. Whatever is tried is also written to the file that NO_NETWORK_LOG names: a test
fails even where the refusal was taken for a network that is down.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

LOG = "NO_NETWORK_LOG"
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


class NetworkUsed(BaseException):
    """Something left this machine. No Exception, so that no handler takes it for a failure of the network."""


def _stays(host: object) -> bool:
    """Whether a host is this machine. An empty one is, for whoever looks up where to listen."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        # Addresses of this machine's own sockets are texts; sendmsg has none where the socket is connected.
        if not isinstance(address, tuple) or _stays(address[0]):
            return
    elif event in _LOOK_UPS:
        address = args[0]
        if _stays(address[0] if isinstance(address, tuple) else address):
            return
    else:
        return
    said = f"{event} {address!r} in {sys.argv[:3] if hasattr(sys, 'argv') else '?'}"
    if path := os.environ.get(LOG):
        with open(path, "a", encoding="utf-8") as log:  # noqa: PTH123 - as little as can be is imported
            log.write(f"{said}\n")
    raise NetworkUsed(f"tests use no network, but there was {said}")


sys.addaudithook(_refuse)
