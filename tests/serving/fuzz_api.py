"""Requests to the interface, made by schemathesis of its own description: ``python -m serving.fuzz_api
--examples 500`` (from the folder tests; `make fuzz-api`).

To each address as many are sent as a reader and as a recorder, half of them as the description has them and
half as it has not, to a register of its own; many of the events are right but for some of their values. No
answer may be a fault, have a status, type or form that the description does not tell. The exit code is 1
where one has.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from transparency_check.reserved import COLUMNS
from transparency_check.serving.people import Attempts

from .made import ORIGIN, SESSION, TOKENS, Made, with_register

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
ROLES = ("reader", "recorder")
# Events that can be recorded as they are.
RIGHT = (
    SESSION,
    {
        "id": "n1", "type": "notice.published", "time": "2026-11-10T09:30", "municipality": "kline",
        "case": "assembly-2026-11", "notice_kind": "meeting", "channel": ["website"],
        "languages": ["sq", "sr"],
        "note": "x", "source": "https://example.org/1", "related": ["other"],
    },
)  # fmt: skip
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(),
    st.sampled_from(["", " ", "\u202e", "\x00", "2026-02-30", "31.31.2026", "9999-12-31T23:59", "0001-01-01",
                     "2026-11-10T09:30+99:99", "=1+1", "x" * 20_000, 10**400, -(10**30), 1e308, "1e999"]),
)  # fmt: skip
VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@st.composite
def nearly(draw: Any) -> dict[str, Any]:
    """An event of which some values are others, and some keys, too."""
    event: dict[str, Any] = dict(draw(st.sampled_from(RIGHT)))
    names = st.one_of(
        st.sampled_from(sorted({*RIGHT[0], *RIGHT[1]})), st.sampled_from(sorted(COLUMNS)), st.text()
    )
    for name in draw(st.lists(names, max_size=3)):
        event[name] = draw(VALUES)
    if draw(st.booleans()):
        event["id"] = draw(st.text(min_size=1, max_size=10))
    return event


def operations(made: Made) -> Iterator[Any]:
    """The addresses that the description of a server names, with their methods."""
    described = made.guard.app.openapi()  # type: ignore[attr-defined]
    schema = schemathesis.openapi.from_dict(described)
    schema.app = made.guard
    for found in schema.get_all_operations():
        yield found.ok()


def tried(operation: Any, role: str, examples: int, seed: int) -> Counter[int]:
    """Send so many requests as a role; how many answers had which status. Raises what schemathesis finds."""
    right, wrong = examples - examples // 2, examples // 2
    return _tried(operation, role, right, seed, GenerationMode.POSITIVE) + _tried(
        operation, role, wrong, seed, GenerationMode.NEGATIVE
    )


def _tried(operation: Any, role: str, most: int, seed: int, mode: GenerationMode) -> Counter[int]:
    statuses: Counter[int] = Counter()
    headers = {"authorization": f"Bearer {TOKENS[role]}"}

    @seeded(seed)
    @settings(
        max_examples=max(1, most),
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode), nearly(), st.sampled_from(["e1", "n1", ""]))
    def one(case: Any, event: dict[str, Any], known: str) -> None:
        if mode is GenerationMode.POSITIVE:
            if operation.body:
                case.body = event
            if known and "event" in case.path_parameters:
                case.path_parameters["event"] = known
        response = case.call(base_url=ORIGIN, headers=headers)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    one()
    return statuses


def unhindered(made: Made) -> None:
    """Let wrong tokens be tried without end: what is made at random may be one."""
    leaps = count(0, 1000)
    office = made.guard.app.state.office  # type: ignore[attr-defined]
    made.guard.attempts = office.attempts = Attempts(lambda: float(next(leaps)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="to each address, of each role")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    statuses: Counter[int] = Counter()
    faults = 0
    with (
        tempfile.TemporaryDirectory(prefix="transparency-check-") as folder,
        with_register(Path(folder), SESSION, select=("XK-MTG-001",)) as made,
    ):
        unhindered(made)
        for operation in operations(made):
            for role in ROLES:
                try:
                    found = tried(operation, role, arguments.examples, arguments.seed)
                except BaseException as error:
                    if isinstance(error, KeyboardInterrupt):
                        raise
                    faults += 1
                    traceback.print_exception(error)
                    continue
                statuses += found
                told = ", ".join(f"{status}: {number}" for status, number in sorted(found.items()))
                print(f"{operation.method.upper()} {operation.path}, {role}: {told}", flush=True)
    told = ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items()))
    print(f"{statuses.total()} requests, seed {arguments.seed} ({told}): {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
