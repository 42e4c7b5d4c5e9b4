"""The application: which address shows what, to whom."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from .. import __version__
from ..errors import TransparencyCheckError
from ..messages import text
from ..messages.language import LANGUAGES
from ..plugins import Registry, load_registry
from ..site.frame import Frame, Settings, frame
from .api.answers import Refusal, reading_api
from .api.described import described
from .audit import Audit
from .drawing import ServedPage, drawn, icon, stylesheet
from .frame import SIGN_IN, Served, served
from .guard import Doors, Guard, TooLarge, TooSlow, cookie_of, size
from .languages import preferred, within
from .pages.about import about_page
from .pages.accepting import Decisions, decided
from .pages.asked import Asked, Elsewhere, NotThere, Upload
from .pages.audit import audit_page
from .pages.calendar import calendar_page
from .pages.cases import case_page, cases_page
from .pages.duties import duties_page, duty_page
from .pages.exports import Made, export, exports_page, feed
from .pages.finding import finding_page
from .pages.obligations import obligations
from .pages.overview import overview
from .pages.plan import plan_page, sheet_page
from .pages.sheets import sheet_file
from .pages.signing import sign_in_page, trouble_page
from .pages.template import template
from .pages.waivers import waivers_page
from .partly import nothing_new, partly, sign_in_anew, wholly
from .people import SESSION_HOURS, Attempts, People, Person, Role
from .refusals import PROBLEM, problem
from .scripts import scripts

if TYPE_CHECKING:
    from .state import State

HTML = "text/html; charset=utf-8"
Shown = ServedPage | Made | Response
Make = Callable[..., Shown]


class Address(NamedTuple):
    """An address below a language: ``make`` is given the frame, what was asked, and the parts of the path
    that have names; ``role`` is the least that it takes.
    """

    path: str
    make: Make
    role: Role = "reader"
    method: str = "GET"


READING: tuple[Address, ...] = (
    Address("/", overview),
    Address("/obligations", obligations),
    Address("/findings/{id_}", finding_page),
    Address("/cases", cases_page),
    Address("/case", case_page),
    Address("/sheet", sheet_page),
    Address("/sheet.{form}", sheet_file),
    Address("/calendar", calendar_page),
    Address("/duties", duties_page),
    Address("/duties/{name}", duty_page),
    Address("/plan", plan_page),
    Address("/waivers", waivers_page),
    Address("/exports/report{ending}", export),
    Address("/exports/template.xlsx", template),
    Address("/calendar.ics", lambda frame, asked: feed(frame)),
    Address("/about", about_page),
)


@dataclass
class Office:
    """All that the addresses share. ``packs`` are those that were named for the run; ``base`` is the address
    that people reach the server by; ``decisions`` is where violations are accepted, if they can be;
    ``linked``: the token of the start may stand in an address; ``renew`` looks whether other people may
    come in than before.
    """

    state: State
    people: People
    audit: Audit
    attempts: Attempts
    doors: Doors
    title: str = ""
    packs: tuple[str, ...] = ()
    base: str = ""
    registry: Callable[[], Registry] = load_registry
    decisions: Decisions | None = None
    linked: bool = False
    renew: Callable[[], None] = lambda: None
    _frames: dict[tuple[int, str], Frame] = field(default_factory=dict)

    def frame(
        self, language: str, path: str, asked: Iterable[tuple[str, str]], person: Person, client: str = ""
    ) -> Served:
        """The frame of a page, in the language that is spoken."""
        seen = self.state.seen()
        snapshot = seen.snapshot
        key = (snapshot.number, language)
        if (base := self._frames.get(key)) is None:
            settings = Settings(self.title, tuple(LANGUAGES), "", "", {})
            base = frame(settings, snapshot.whole.record, snapshot.answer.rulebook)
            # What stood before is not kept by this.
            kept = {k: f for k, f in self._frames.items() if k[0] >= snapshot.number}
            self._frames = {**kept, key: base}
        return served(
            replace(base, path=path),
            seen=seen,
            person=person,
            client=client,
            query=tuple(asked),
            writable=self.state.source.writable,
            accepting=self.decisions is not None,
            source=self.state.source.shown,
            now=self.state.now(),
            packs=self.packs,
            registry=self.registry,
        )

    def frame_of(self, request: Request, language: str) -> Served:
        """The frame of what a program asks."""
        return self.frame(language, "", (), request.scope["person"], request.scope["client_name"])

    def feed_address(self, person: Person, language: str) -> str:
        """Where somebody's calendar feed is; empty for who has no token."""
        key = self.people.feed_key(person)
        return f"{self.base}/{language}/calendar.ics?key={key}" if key else ""


def make_app(office: Office, addresses: Iterable[Address] = (), routers: Iterable[APIRouter] = ()) -> Guard:
    """The whole application. ``addresses`` and ``routers`` are those beside the ones for reading."""
    app = FastAPI(
        title="transparency-check",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.office = office
    app.openapi = partial(described, app)  # type: ignore[method-assign]
    # First: an address of programs begins like one of a language.
    for router in (reading_api(office.frame_of), *routers):
        app.include_router(router)
    app.state.addresses = (*READING, *_own(office), *addresses)
    for address in app.state.addresses:
        _add(app, office, address)
    app.add_route("/", _root)
    app.add_route("/static/style.css", _style)
    for there, data in scripts().items():
        app.add_route(there, partial(_script, data))
    app.add_route("/static/icon.svg", _icon)
    app.add_route(f"/{{language}}/{SIGN_IN}", _language(office, _sign_in), methods=["GET", "POST"])
    app.add_route("/{language}/sign-out", _language(office, _sign_out), methods=["POST"])
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(TransparencyCheckError, _impossible)
    app.add_exception_handler(HTTPException, _http_trouble)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(TooSlow, _too_slow)
    app.add_exception_handler(Exception, _failed)
    return Guard(app, office.people, office.attempts, office.audit, office.doors, office.renew)


def _own(office: Office) -> tuple[Address, ...]:
    """The addresses of pages that need more than the frame."""
    own = (
        Address("/exports", partial(_exports, office)),
        Address("/audit", partial(audit_page, audit=office.audit), "admin"),
    )
    if office.decisions is None:
        return own
    accept = partial(
        decided, decisions=office.decisions, audit=office.audit, settle=office.state.settle
    )
    return (*own, Address("/waivers", accept, "admin", "POST"))


def _exports(office: Office, frame: Served, asked: Asked) -> ServedPage:
    assert frame.person is not None
    return exports_page(frame, asked, office.feed_address(frame.person, frame.language))


def _add(app: FastAPI, office: Office, address: Address) -> None:
    async def endpoint(request: Request) -> Response:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            raise HTTPException(404)
        asked = await _asked(request)
        parts = {k: v for k, v in request.path_params.items() if k != "language"}
        answer = await run_in_threadpool(_answer, office, address, request, asked, language, parts)
        return wholly(request, answer)

    app.add_route(f"/{{language}}{address.path}", endpoint, methods=[address.method])


async def _asked(request: Request) -> Asked:
    if request.method in ("GET", "HEAD"):
        return Asked.of(request.query_params.multi_items())
    pairs: list[tuple[str, str]] = []
    files: dict[str, Upload] = {}
    async with request.form(max_files=1, max_fields=400) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = Upload(value.filename or "", await value.read())
            else:
                pairs.append((name, value))
    return Asked.of(pairs, files)


def _answer(
    office: Office, address: Address, request: Request, asked: Asked, language: str, parts: dict[str, str]
) -> Response:
    person: Person | None = request.scope["person"]
    with within(language):
        if person is None:
            # The guard lets nobody come this far; were it to, they would see nothing.
            return _page(trouble_page(403, text("serve.refused.unknown")), 403)
        if not person.may(address.role):
            office.audit.note("refused: role", person.name, request.scope["client_name"], path=address.path)
            return _page(
                trouble_page(403, text("serve.refused.role", role=text(f"serve.role.{address.role}"))), 403
            )
        path = _path(request).partition(f"/{language}")[2].lstrip("/")
        query = asked.pairs if address.method == "GET" else ()
        try:
            frame = office.frame(language, path, query, person, request.scope["client_name"])
            assert frame.seen is not None
            if (waiting := nothing_new(request.headers, frame.seen)) is not None:
                return waiting
            made = address.make(frame, asked, **parts)
        except Elsewhere as there:
            return RedirectResponse(there.address, 303)
        except NotThere as error:
            return _page(trouble_page(404, str(error)), 404)
        except TransparencyCheckError as error:
            return _page(trouble_page(409, str(error)), 409)
        if isinstance(made, Made):
            return _file(made, request)
        return made if isinstance(made, Response) else _page(made, aloud=partly(request.headers))


def _page(page: ServedPage, status: int = 0, aloud: bool = False) -> Response:
    return Response(drawn(page, aloud), status or page.status, media_type=HTML)


def _file(made: Made, request: Request) -> Response:
    # A name of this program's own, so that nothing in it can act.
    inline = made.name.endswith((".ics", ".txt"))
    how = "inline" if inline else "attachment"
    return Response(
        made.data, media_type=made.type, headers={"content-disposition": f'{how}; filename="{made.name}"'}
    )


def _language(
    office: Office, handle: Callable[[Office, Request, Asked, str], Response]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            raise HTTPException(404)
        asked = await _asked(request)

        def answer() -> Response:
            with within(language):
                return handle(office, request, asked, language)

        return await run_in_threadpool(answer)

    return endpoint


def _sign_in(office: Office, request: Request, asked: Asked, language: str) -> Response:
    """Take a token for a session; the token itself is not kept, and stands in no address afterwards."""
    if (anew := sign_in_anew(request.headers)) is not None:
        return anew
    token, client = asked.one("token"), request.scope["client_name"]
    next_ = _own_address(asked.one("next"))
    if request.method != "POST" and not _may_be_linked(office, request):
        token = ""
    if not token:
        if request.method == "POST":
            return _page(sign_in_page(next_, text("serve.sign_in.empty")), 401)
        return _page(sign_in_page(next_))
    if wait := office.attempts.wait(client):
        page = _page(sign_in_page(next_, text("serve.refused.attempts", n=wait)), 429)
        page.headers["retry-after"] = str(wait)
        return page
    person = office.people.with_token(token)
    if person is None:
        office.attempts.failed(client)
        office.audit.note("refused: token", "", client)
        return _page(sign_in_page(next_, text("serve.sign_in.wrong")), 401)
    office.audit.note("signed in", person.name, client, role=person.role)
    if before := cookie_of(dict(request.headers), office.doors.cookie):
        # Who signs in anew has one session, the new one.
        office.people.end(before)
    response = RedirectResponse(next_ or f"/{language}/", 303)
    response.set_cookie(
        office.doors.cookie,
        office.people.begin(person),
        max_age=SESSION_HOURS * 3600,
        path="/",
        secure=office.doors.secure,
        httponly=True,
        samesite="strict",
    )
    return response


def _may_be_linked(office: Office, request: Request) -> bool:
    """Whether a token may stand in the address: that of the start, where no other site leads here. Such a
    site could have wrong ones tried until nobody may try any more, or somebody signed in as another.
    """
    return office.linked and request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def _own_address(given: str) -> str:
    """An address of this server, for after signing in; empty for any other."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    ours = (
        given.startswith("/") and not given.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    )
    return given if ours and given.isprintable() and "\\" not in given else ""


def _sign_out(office: Office, request: Request, asked: Asked, language: str) -> Response:
    key = cookie_of(dict(request.headers), office.doors.cookie)
    if key:
        office.people.end(key)
    person: Person | None = request.scope["person"]
    office.audit.note("signed out", person.name if person else "", request.scope["client_name"])
    response = RedirectResponse(f"/{language}/{SIGN_IN}", 303)
    response.delete_cookie(office.doors.cookie, path="/", secure=office.doors.secure, httponly=True)
    # What the browser has kept of the pages; not "cookies", which are those of every server of this machine.
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


async def _root(request: Request) -> Response:
    return RedirectResponse(f"/{preferred(request.headers.get('accept-language', ''))}/", 303)


async def _style(request: Request) -> Response:
    return Response(stylesheet(), media_type="text/css", headers={"cache-control": "no-cache"})


def _path(request: Request) -> str:
    """The path alone: a query may be bytes that are no text."""
    return str(request.scope["path"])


async def _icon(request: Request) -> Response:
    return Response(icon(), media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


async def _script(data: bytes, request: Request) -> Response:
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(data, media_type="text/javascript", headers=kept)


def _spoken(request: Request) -> str:
    first = _path(request).lstrip("/").partition("/")[0]
    return first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def _trouble(request: Request, status: int, code: str, **values: Any) -> Response:
    with within(_spoken(request)):
        said = text(code, **values)
        if _path(request).startswith("/api/"):
            return Response(problem(status, said), status, media_type=PROBLEM.decode())
        return _page(trouble_page(status, said), status)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    body = problem(error.status, error.title, **error.more)
    return Response(body, error.status, media_type=PROBLEM.decode())


async def _invalid(request: Request, error: Exception) -> Response:
    """Parameters that are not what they are described as."""
    assert isinstance(error, RequestValidationError)
    told = [{"where": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
    body = problem(422, text("serve.no.parameters"), problems=told)
    return Response(body, 422, media_type=PROBLEM.decode())


async def _impossible(request: Request, error: Exception) -> Response:
    with within(_spoken(request)):
        if _path(request).startswith("/api/"):
            return Response(problem(409, str(error)), 409, media_type=PROBLEM.decode())
        return _page(trouble_page(409, str(error)), 409)


async def _http_trouble(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {400: "serve.no.parameters", 404: "serve.no.page", 405: "serve.no.method"}
    code = known.get(error.status_code, "serve.trouble.said")
    answer = _trouble(request, error.status_code, code)
    # Which methods an address takes.
    answer.headers.update(error.headers or {})
    return answer


async def _too_large(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooLarge)
    return _trouble(request, 413, "serve.refused.size", limit=size(error.most))


async def _too_slow(request: Request, error: Exception) -> Response:
    return _trouble(request, 408, "serve.refused.slow")


async def _failed(request: Request, error: Exception) -> Response:
    if not isinstance(error, ClientDisconnect):
        # For whoever runs the server; nothing of it is told to who asked.
        traceback.print_exception(error, file=sys.stderr)
    return _trouble(request, 500, "serve.trouble.said")
