"""A few of the requests of `make fuzz-api`, always the same ones; what they found once, by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from transparency_check.serving.api.described import ANSWERS

from .fuzz_api import ROLES, operations, tried, unhindered
from .made import ORIGIN, SESSION, TOKENS, Made, Raw, with_register

_EXAMPLES = 12


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A register of which nothing is expected but that it answers."""
    with with_register(tmp_path_factory.mktemp("fuzzed"), SESSION, select=("XK-MTG-001",)) as made:
        unhindered(made)
        yield made


@pytest.mark.parametrize("address", sorted(ANSWERS), ids=[f"{m} {p}" for p, m in sorted(ANSWERS)])
def test_answers_are_as_they_are_described_and_never_faults(fuzzed: Made, address: tuple[str, str]) -> None:
    (operation,) = [o for o in operations(fuzzed) if (o.path, o.method.lower()) == address]
    found: Counter[int] = Counter()
    for role in ROLES:
        found += tried(operation, role, _EXAMPLES, 1)
    assert found.total() >= _EXAMPLES
    # As often as not something was refused, and something was not, where there is anything.
    assert any(status >= 400 for status in found)


def test_every_address_is_described_with_what_it_answers(fuzzed: Made) -> None:
    described = {(o.path, o.method.lower()) for o in operations(fuzzed)}
    assert described == set(ANSWERS)


# What no log can say, or what a description has no room for, and what is answered.
FOUND: dict[str, tuple[bytes, int]] = {
    "half of a character": (b'{"note": "\\ud800"}', 422),
    "half of a character as a name": (b'{"\\udc00": 1}', 422),
    "a number that is none": (b'{"note": NaN}', 422),
    "a number without end": (b'{"note": 1e999}', 422),
    "a number of 400 digits": (b'{"note": ' + b"9" * 400 + b"}", 422),
    "a number of 5000 digits": (b'{"note": ' + b"9" * 5000 + b"}", 400),
    "lists in lists": (b'{"note": ' + b"[" * 9 + b"]" * 9 + b"}", 422),
    "lists in lists without end": (b'{"note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
    "no text of UTF-8": (b'{"note": "\xff"}', 400),
    "nothing": (b"", 422),
}


@pytest.mark.parametrize("case", FOUND)
def test_what_no_log_can_say_is_refused_and_nothing_recorded(fuzzed: Made, case: str) -> None:
    body, status = FOUND[case]
    if body.startswith(b"{"):
        body = json.dumps({**SESSION, "id": "odd"}).encode()[:-1] + b", " + body[1:]
    headers = [
        (b"authorization", f"Bearer {TOKENS['recorder']}".encode()), (b"content-type", b"application/json"),
    ]  # fmt: skip
    answer = Raw(fuzzed, "POST", "/api/events", headers, body, b"allow_warnings=true")
    assert answer.status == status
    assert Raw(fuzzed, "GET", "/api/events/odd", headers).status == 404


def test_a_number_beyond_64_bits_does_not_break_what_is_read(fuzzed: Made) -> None:
    client = fuzzed.client("recorder")
    event: dict[str, Any] = {**SESSION, "id": "big", "note": 10**30}
    done = client.post("/api/events?allow_warnings=true", json=event, headers={"origin": ORIGIN})
    assert done.status_code == 201
    listed = client.get("/api/events?limit=1000")
    assert listed.status_code == 200
    (entry,) = client.get("/api/events/big").json()["events"]
    assert entry["event"]["note"] == 1e30 and entry == next(
        e for e in listed.json()["events"] if e["id"] == "big"
    )


def test_an_address_says_which_methods_it_takes(fuzzed: Made) -> None:
    headers = [(b"authorization", f"Bearer {TOKENS['recorder']}".encode())]
    for path, method in ANSWERS:
        other = "DELETE" if method != "delete" else "PUT"
        answer = Raw(fuzzed, other, path.replace("{event}", "e1").replace("{finding}", "x"), headers)
        assert answer.status == 405 and answer.header("allow"), path


def test_nothing_is_written_beside_the_register(fuzzed: Made) -> None:
    assert {p.name for p in Path(fuzzed.folder).iterdir()} <= {
        "register.db", "register.db-wal", "register.db-shm", "audit.jsonl",
    }  # fmt: skip
