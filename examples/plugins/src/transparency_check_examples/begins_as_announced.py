"""A rule: no meeting begins before the time that was announced last. A pack cannot say it, as no condition
compares the time of one event with an attribute of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from transparency_check.hookspecs import hookimpl

Event = Mapping[str, Any]


class BeginsAsAnnounced:
    id, title = "GB-MTG-901", "A meeting does not begin before the time that was announced"
    # What the notice of a meeting is for; no provision says it in these words.
    severity, confidence = "advisory", "unverified"
    legal_basis: ClassVar = {"instrument": "lga-1972", "provision": "s. 100A(6)(aa), by its purpose"}
    bearer, help = "Principal council", "Wait until the time that the notice gives."

    def judge(self, events: Sequence[Event], as_of: str) -> Iterator[dict[str, object]]:
        announced: Event | None = None
        for event in events:
            if "planned_at" in event["a"] or "planned_at" in event["bad"]:
                announced = event
            elif event["type"] == "meeting.held" and announced is not None:
                yield {"trigger": event["id"], **_compared(announced, event)}


def _compared(announced: Event, held: Event) -> dict[str, object]:
    planned = announced["a"].get("planned_at")
    if planned is None:
        return {"outcome": "undetermined", "reasons": ["missing_field"]}
    # A day without a time of day begins with its first instant and ends with its last.
    if held["hi"] < planned["lo"]:
        said = f"It began before {planned['text']}, the time announced."
        return {"outcome": "violated", "curable": False, "fulfilment": [held["id"]], "message": said}
    if held["lo"] >= planned["lo"]:
        return {"outcome": "fulfilled", "fulfilment": [held["id"]]}
    return {"outcome": "undetermined", "reasons": ["time_of_day"]}


@hookimpl
def transparency_check_rules() -> list[BeginsAsAnnounced]:
    return [BeginsAsAnnounced()]
