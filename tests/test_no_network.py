"""The tests themselves: nothing of them leaves this machine, in this process or in one that they start."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from sitecustomize import NetworkUsed

# Addresses and names that are nobody's (RFC 5737, 3849, 2606).
ADDRESS, ADDRESS_6, NAME = "192.0.2.1", "2001:db8::1", "transparency.invalid"


def connected(family: int, address: tuple[object, ...]) -> Callable[[], object]:
    def attempt() -> None:
        with socket.socket(family, socket.SOCK_STREAM) as made:
            made.settimeout(5)
            made.connect(address)

    return attempt


def sent() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.sendto(b"x", (ADDRESS, 53))


ATTEMPTS: dict[str, Callable[[], object]] = {
    "a connection": connected(socket.AF_INET, (ADDRESS, 80)),
    "a connection in IPv6": connected(socket.AF_INET6, (ADDRESS_6, 80, 0, 0)),
    "a name and a connection": lambda: socket.create_connection((NAME, 80), 5),
    "a message": sent,
    "a look-up": lambda: socket.getaddrinfo(NAME, 80),
    "an old look-up": lambda: socket.gethostbyname(NAME),
    "the name of an address": lambda: socket.gethostbyaddr(ADDRESS),
}


@pytest.fixture
def tried(_network_log: Path) -> Generator[Callable[[], str], None, None]:
    """What was tried since it was last asked; then it is forgotten, as it was meant to be tried."""

    def told() -> str:
        said = _network_log.read_text(encoding="utf-8")
        _network_log.write_text("")
        return said

    yield told
    _network_log.write_text("")


@pytest.mark.parametrize("what", ATTEMPTS)
def test_what_leaves_this_machine_is_refused(what: str, tried: Callable[[], str]) -> None:
    with pytest.raises(NetworkUsed, match="tests use no network"):
        ATTEMPTS[what]()
    assert "socket." in tried()


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), 5) as client:
            client.sendall(b"x")


@pytest.mark.parametrize("flags", [(), ("-P",)], ids=["as it is", "without its folder"])
def test_a_process_that_a_test_starts_is_refused_and_told_even_if_it_says_nothing(
    tried: Callable[[], str], flags: tuple[str, ...]
) -> None:
    code = f"import socket\ntry: socket.getaddrinfo({NAME!r}, 80)\nexcept BaseException: pass"
    done = subprocess.run([sys.executable, *flags, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"socket.getaddrinfo '{NAME}'" in tried()


def test_the_database_fetches_nothing() -> None:
    """What is no Python is not met by the guard. The database would be the one to load extensions."""
    from transparency_check import engine

    source = Path(engine.__file__).parent
    text = "".join(p.read_text("utf-8") for p in [*source.rglob("*.py"), *source.rglob("*.sql")])
    assert not any(word in text for word in ("httpfs", "INSTALL ", "http://", "https://"))
