"""What programs read: the report, its findings, what comes next, the score."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ...as_of import Ahead
from ...calendars import working_days_between
from ...errors import TransparencyCheckError
from ...messages import text
from ...report import upcoming
from ...reports.json import JsonReporter, finding_object
from ...reports.options import ReportOptions
from ...reports.proof import write_json
from ...reports.scored import score_object
from ..frame import Served
from ..languages import within
from ..pages.asked import Asked
from ..pages.obligations import chosen

JSON = "application/json"
Tag = Literal["en", "sq", "sr-Latn", "sr-Cyrl"]
Language = Annotated[Tag, Query(description="The language of titles and messages.")]
FrameOf = Callable[[Request, str], Served]


class Refusal(Exception):
    """A problem for the program that asked (RFC 9457)."""

    def __init__(self, status: int, title: str, **more: object) -> None:
        super().__init__(title)
        self.status, self.title, self.more = status, title, more


def answered(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE), status, media_type=JSON)


def reading_api(frame_of: FrameOf) -> APIRouter:
    """The addresses. ``frame_of`` gives the frame of a request, in the language that is spoken."""
    router = APIRouter(prefix="/api", tags=["reading"])

    @router.get("/report", summary="The whole report, as check --format json writes it")
    def report(request: Request, language: Language = "en") -> Response:
        with within(language):
            frame = frame_of(request, language)
            return Response(_written(frame, _options(frame)), media_type=JSON)

    @router.get("/findings", summary="Findings, narrowed as the page of obligations is")
    def findings(
        request: Request,
        municipality: str = "",
        area: str = "",
        rule: str = "",
        outcome: str = "",
        case: str = "",
        from_: Annotated[str, Query(alias="from", description="A day: 2026-11-18.")] = "",
        to: str = "",
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        language: Language = "en",
    ) -> Response:
        given = {
            "municipality": municipality, "area": area, "rule": rule, "outcome": outcome, "case": case,
            "from": from_, "to": to,
        }  # fmt: skip
        with within(language):
            frame = frame_of(request, language)
            found, wrong = chosen(frame, Asked.of(given.items()))
            if wrong:
                raise Refusal(422, wrong[0], problems=wrong)
            shown = found.part(offset, limit)
            objects = [finding_object(finding, frame.names) for finding in shown]
            return answered({**_basis(frame), "total": len(found), "offset": offset, "findings": objects})

    @router.get("/findings/{finding}", summary="The proof of one finding, as explain --format json writes it")
    def finding(request: Request, finding: str, language: Language = "en") -> Response:
        with within(language):
            frame = frame_of(request, language)
            known = frame.whole.finding(finding.casefold())
            if known is None:
                raise Refusal(404, text("serve.no.finding", id=finding, as_of=frame.as_of))
            proof = frame.snapshot.explain(known)
            stream = io.StringIO()
            write_json(proof, stream, _options(frame))
            return Response(stream.getvalue().encode("utf-8", "backslashreplace"), media_type=JSON)

    @router.get("/upcoming", summary="What comes next, as upcoming --format json writes it")
    def coming(
        request: Request,
        horizon: Annotated[str, Query(alias="within", description="30d, 4w or 2m.")] = "30d",
        overdue: bool = False,
        language: Language = "en",
    ) -> Response:
        with within(language):
            frame = frame_of(request, language)
            try:
                until = Ahead.read(horizon).after(frame.today)
            except TransparencyCheckError as error:
                raise Refusal(422, str(error)) from None
            calendar = frame.snapshot.answer.calendar()
            timeless = {d.id for d in frame.rulebook.duties if d.shape in ("content", "standing")}
            next_ = upcoming(
                frame.record.report,
                frame.today,
                until,
                lambda a, b: working_days_between(a, b, calendar),
                timeless,
                overdue=overdue,
            )
            return Response(_written(frame, _options(frame, upcoming=next_)), media_type=JSON)

    @router.get("/score", summary="How much is kept, by municipality, area and quarter")
    def score(request: Request, language: Language = "en") -> Response:
        with within(language):
            frame = frame_of(request, language)
            record = frame.record
            return answered(score_object(record.report, _options(frame), record.scores, record.per))

    return router


def _basis(frame: Served) -> dict[str, object]:
    """What the answer rests on; ``behind`` says that records have come which it does not know."""
    assert frame.seen is not None
    return {
        "as_of": frame.record.report.as_of,
        "head": frame.snapshot.head,
        "behind": frame.seen.behind,
    }


def _options(frame: Served, **more: Any) -> ReportOptions:
    return ReportOptions(names=frame.names, revisions=frame.whole.revisions, **more)


def _written(frame: Served, options: ReportOptions) -> bytes:
    stream = io.StringIO()
    JsonReporter().write(frame.record.report, stream, options.mapping())
    return stream.getvalue().encode("utf-8", "backslashreplace")
