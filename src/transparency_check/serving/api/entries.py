"""What programs record: events by the same reader and with the same problems as people."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import Response

from ...errors import UsageError
from ...messages import text
from ...register.recording import Recorded, Refused
from ..frame import Served
from ..languages import within
from .answers import FrameOf, Language, Refusal, answered

if TYPE_CHECKING:
    from ...register.chain import Entry
    from ..audit import Audit
    from ..registered import Recording, Registered

Event = Annotated[
    dict[str, Any],
    Body(description="An event as a line of a log states it (contract, section 1).", examples=[
        {"type": "notice.published", "time": "2026-11-17T09:30", "municipality": "kline",
         "case": "assembly-2026-11", "notice_kind": "meeting", "channel": ["website"]},
    ]),
]  # fmt: skip
# Lists and objects in each other; an event has lists of texts.
_DEEPEST = 8
Reason = Annotated[str, Query(min_length=1, max_length=2000, description="Why; it stays in the register.")]
AllTheSame = Annotated[bool, Query(description="Record also what only warns.")]


def events_api(frame_of: FrameOf, register: Registered) -> APIRouter:
    """The records of a register."""
    router = APIRouter(prefix="/api", tags=["records"])

    @router.get("/events", summary="Records in the order of their numbers")
    def events(
        request: Request,
        after: Annotated[int, Query(ge=0, le=10**15)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Response:
        with register.reading() as reading:
            found: list[dict[str, object]] = []
            for entry in reading.entries(after):
                if len(found) == limit:
                    break
                found.append(_object(entry))
            head = str(reading.head())
        return answered({"head": head, "events": found})

    @router.get("/events/{event}", summary="All records of one event")
    def event(request: Request, event: str) -> Response:
        entries = register.of_event(event)
        if not entries:
            raise Refusal(404, text("serve.no.event", id=event))
        return answered({"events": [_object(entry) for entry in entries]})

    return router


def recording_api(
    frame_of: FrameOf, register: Registered, settle: Callable[[float], object], audit: Audit
) -> APIRouter:
    """Recording, correcting, withdrawing."""
    router = APIRouter(prefix="/api", tags=["recording"])

    def recorded(
        request: Request,
        language: str,
        reason: str | None,
        allowed: bool,
        record: Callable[[Recording], Recorded],
    ) -> Response:
        with within(language):
            frame: Served = frame_of(request, language)
            # That it is a recorder was found at the door.
            assert frame.person is not None and frame.now is not None
            recording = register.recording(frame.rulebook, frame.person.name, frame.now, reason, allowed)
            before = register.head()
            try:
                done = record(recording)
            except Refused as error:
                problems = [
                    {"severity": p.severity, "code": p.code, "field": p.place, "message": p.message}
                    for p in error.problems
                ]
                raise Refusal(422, text("serve.record.refused"), problems=problems) from None
            except UsageError as error:
                raise Refusal(409, str(error)) from None
            finally:
                # Whether it was done or not, as of pages.
                path = request.scope["route"].path
                audit.note(
                    "sent", frame.person.name, frame.client, path=path, before=before, after=register.head()
                )
            settle(0.0)
            said = {"new": done.new, **_object(done.entry)}
            return answered(said, 201 if done.new else 200)

    @router.post("/events", status_code=201, summary="Record an event")
    def record(
        request: Request, event: Event, allow_warnings: AllTheSame = False, language: Language = "en"
    ) -> Response:
        return recorded(request, language, None, allow_warnings, lambda r: r.event(as_logged(event)))

    @router.post("/events/{event}/correction", status_code=201, summary="Correct an event")
    def correct(
        request: Request,
        event: str,
        values: Event,
        reason: Reason,
        allow_warnings: AllTheSame = False,
        language: Language = "en",
    ) -> Response:
        def correction(recording: Recording) -> Recorded:
            return recording.correction(event, as_logged(values))

        return recorded(request, language, reason, allow_warnings, correction)

    @router.post("/events/{event}/retraction", status_code=201, summary="Withdraw an event")
    def retract(request: Request, event: str, reason: Reason, language: Language = "en") -> Response:
        return recorded(request, language, reason, True, lambda r: r.retraction(event))

    return router


def as_logged(event: dict[str, Any]) -> dict[str, Any]:
    """An event as the reader of logs would have read it. Raises ``Refusal`` for what no log can say: half of
    a character, a number that is none, lists in lists without end.
    """
    try:
        if not _flat(event, _DEEPEST):
            raise ValueError
        read: dict[str, Any] = orjson.loads(json.dumps(event))
    except (ValueError, RecursionError):
        raise Refusal(422, text("serve.no.json", deepest=_DEEPEST)) from None
    return read


def _flat(value: object, deepest: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return deepest > 0 and all(_flat(part, deepest - 1) for part in inner)


def _object(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "id": entry.event_id,
        "kind": entry.kind,
        "entered_at": entry.entered_at,
        "entered_by": entry.entered_by,
        "follows": entry.follows,
        "reason": entry.reason,
        "origin": entry.origin,
        "hash": entry.hash,
        # Letter by letter as it stands in the register, whatever it holds.
        "event": orjson.Fragment(entry.event) if entry.event else None,
    }
