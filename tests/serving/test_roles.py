"""Every address that there is, as each role and as nobody: what it may, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from transparency_check.serving.application import Address
from transparency_check.serving.people import ROLES

from .made import PEOPLE, SESSION, TOKENS, Made, Raw, serving, with_register

# What stands for the parts of addresses that have names.
PARTS = {
    "language": "en", "id_": "none", "form": "html", "ending": ".json", "name": "XK-MTG-001",
    "type_": "notice.published", "finding": "none", "event": "none",
}  # fmt: skip
# Addresses that are no pages of the tables: the way in and out, and what pages look like.
OUTSIDE = {
    ("/", "GET"), ("/{language}/sign-in", "GET"), ("/{language}/sign-in", "POST"),
    ("/{language}/sign-out", "POST"), ("/api/openapi.json", "GET"),
}  # fmt: skip
# What an admin may beyond a recorder, and a recorder beyond a reader. Whatever changes something and is not
# here, and whatever is for nobody in particular, would be found by the tests below.
MORE: dict[tuple[str, str], str] = {
    ("/audit", "GET"): "admin",
    ("/waivers", "POST"): "admin",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A server with everything: a register that is written to, waivers, an audit log."""
    folder = tmp_path_factory.mktemp("whole")
    with with_register(folder, SESSION, waivers=folder / "waivers.toml") as made:
        yield made


def addresses(made: Made) -> tuple[Address, ...]:
    found: tuple[Address, ...] = made.guard.app.state.addresses  # type: ignore[attr-defined]
    return found


def routes(made: Made) -> set[tuple[str, str]]:
    """All addresses of pages with their methods, as the application has them."""
    return {
        (route.path, method)
        for route in made.guard.app.routes  # type: ignore[attr-defined]
        for method in getattr(route, "methods", None) or ()
        if method != "HEAD"
    }


def interface(made: Made) -> set[tuple[str, str]]:
    """Those for programs, as they are described."""
    paths = made.guard.app.openapi()["paths"]  # type: ignore[attr-defined]
    found = {(path, method.upper()) for path, operations in paths.items() for method in operations}
    return {*found, ("/api/openapi.json", "GET")}


def filled(path: str) -> str:
    return re.sub(r"{(\w+)}", lambda found: PARTS[found[1]], path)


def status(made: Made, method: str, path: str, role: str | None) -> int:
    """What comes of a request of a program with the token of a role, or with none."""
    headers = [(b"authorization", f"Bearer {TOKENS[role]}".encode())] if role is not None else []
    headers.append((b"origin", b"http://127.0.0.1:8765"))
    return Raw(made, method, path, headers).status


def test_every_role_may_what_its_addresses_say_and_nobody_anything(whole: Made) -> None:
    office = whole.guard.app.state.office  # type: ignore[attr-defined]
    for address in addresses(whole):
        path = filled(f"/en{address.path}")
        for role in PEOPLE:
            found = status(whole, address.method, path, role)
            may = ROLES.index(role) >= ROLES.index(address.role)  # type: ignore[arg-type]
            assert (found != 403) == may and found < 500, (address.method, path, role, found)
        assert status(whole, address.method, path, None) in (303, 401), (address.method, path)
    assert office.attempts.wait("testclient") == 0


def test_programs_read_as_readers_and_change_as_recorders(whole: Made) -> None:
    api = interface(whole)
    assert ("/api/events", "POST") in api and len(api) > 8
    for path, method in sorted(api):
        least = "reader" if method == "GET" else "recorder"
        for role in PEOPLE:
            found = status(whole, method, filled(path), role)
            may = ROLES.index(role) >= ROLES.index(least)  # type: ignore[arg-type]
            assert (found != 403) == may and found < 500, (method, path, role, found)
        assert status(whole, method, filled(path), None) == 401, (method, path)


def test_no_address_is_outside_of_the_tables(whole: Made) -> None:
    known = {(f"/{{language}}{a.path}", a.method) for a in addresses(whole)}
    other = {
        (path, method)
        for path, method in routes(whole) - known - OUTSIDE
        if not path.startswith(("/api/", "/static/"))
    }
    assert other == set()


def test_what_changes_something_is_for_recorders_and_what_is_for_admins_is_named(whole: Made) -> None:
    for address in addresses(whole):
        least = MORE.get((address.path, address.method))
        if least is not None:
            assert address.role == least, address
        else:
            assert address.role != "admin", address
            assert address.method == "GET" or address.role == "recorder", address


def test_roles_are_told_apart_by_what_pages_offer(whole: Made) -> None:
    shown: dict[str, Any] = {role: whole.client(role).get("/en/waivers").text for role in PEOPLE}
    assert [role for role, page in shown.items() if 'href="/en/record"' in page] == ["recorder", "admin"]
    assert [role for role, page in shown.items() if 'href="/en/audit"' in page] == ["admin"]


def test_a_register_that_is_only_read_offers_nothing_that_changes(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION):
        pass
    with serving(tmp_path, str(tmp_path / "register.db"), select=("XK-MTG-001",), read_only=True) as made:
        assert [a for a in addresses(made) if a.method != "GET"] == []
        assert status(made, "POST", "/en/waivers", "admin") == 405
        assert status(made, "POST", "/api/events", "admin") == 405
