"""A rule in Python, for what a pack cannot say: a session is moved at most once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transparency_check.hookspecs import hookimpl


class MovedOnce:
    # Country, area, number: no duty or other rule has this id.
    id, title = "XK-TWN-901", "A session is moved at most once"
    # Without a source it is advisory, whatever it says.
    severity, confidence = "advisory", "unverified"

    def judge(self, events: Sequence[Mapping[str, Any]], as_of: str) -> Iterator[dict[str, object]]:
        """One whole case, in order of time. What is missing is unknown: ask with ``in event["a"]``."""
        moves = [event["id"] for event in events if event["type"] == "meeting.rescheduled"]
        if len(moves) > 1:
            yield {"outcome": "violated", "trigger": moves[1], "fulfilment": moves, "proven": True}
        elif moves:
            yield {"outcome": "fulfilled", "trigger": moves[0]}


@hookimpl
def transparency_check_rules() -> list[MovedOnce]:
    return [MovedOnce()]
