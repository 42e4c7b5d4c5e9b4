"""What stands before every page: hosts, origins, tokens, sizes, and the headers of every answer."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException

from ..messages import text
from .audit import Audit
from .languages import LANGUAGES, address_language, preferred, within
from .people import Attempts, People, Person

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SIGN_IN, FEED = "sign-in", "calendar.ics"
# What is read of a request with a file, of a form or an event, of a token.
MOST_BYTES, MOST_FORM_BYTES, MOST_TOKEN_BYTES = 20 * 2**20, 2**20, 2**14
# Seconds in which it has to be there.
BODY_SECONDS = 300.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not "no-referrer": with that a browser sends its own forms here without their origin.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
# Only where the pages are encrypted: a browser never asks for them otherwise then, for a year.
ENCRYPTED = (b"strict-transport-security", b"max-age=31536000")


@dataclass(frozen=True)
class Doors:
    """From where one may come in. ``hosts`` are names without ports; a server at one of ``proxies`` says for
    whom it asks (``X-Forwarded-For``), and with ``header`` who that is; ``secure`` makes cookies that travel
    only encrypted.
    """

    hosts: tuple[str, ...] = LOOPBACK
    header: str | None = None
    proxies: tuple[str, ...] = ()
    secure: bool = False
    port: int = 8765

    @property
    def cookie(self) -> str:
        """What the cookie is called: browsers keep those of all ports of a host together."""
        return f"__Host-transparency-check-{self.port}" if self.secure else f"transparency-check-{self.port}"

    @property
    def alone(self) -> frozenset[str]:
        """Headers that say who asks, from where, or how much: two of them would say two things."""
        named = {self.header.lower()} if self.header is not None else set()
        return frozenset({"host", "origin", "authorization", "content-length", "sec-fetch-site"} | named)


@dataclass
class Guard:
    """An ASGI application around another one, which is only reached by who may. ``renew`` is called before
    it is looked who asks.
    """

    app: App
    people: People
    attempts: Attempts
    audit: Audit
    doors: Doors = field(default_factory=Doors)
    renew: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, twice = _headers(scope, self.doors.alone)
        client = self._client(headers, scope)
        path, method = scope["path"], scope["method"]
        send = _with_headers(send, path, self.doors.secure)
        language = address_language(path) or preferred(headers.get("accept-language", ""))
        most = most_bytes(path, headers)
        self.renew()
        with within(language):
            if not self._host_known(headers.get("host", "")):
                # A name that leads here by somebody else's doing.
                self.audit.note("refused: host", "", client, method=method)
                await _refuse(send, scope, 421, text("serve.refused.host"))
                return
            if twice:
                self.audit.note("refused: headers", "", client, method=method)
                await _refuse(send, scope, 400, text("serve.refused.twice", name=twice))
                return
            if too_large(headers, most):
                await _refuse(send, scope, 413, text("serve.refused.size", limit=size(most)))
                return
            person, bearer = self._person(headers, client, scope)
            if method not in SAFE and not bearer and not self._own_origin(headers):
                self.audit.note("refused: origin", person.name if person else "", client, method=method)
                await _refuse(send, scope, 403, text("serve.refused.origin"))
                return
            if person is None and not _open(path):
                if (wait := self.attempts.wait(client)) and "authorization" in headers:
                    await _refuse(send, scope, 429, text("serve.refused.attempts", n=wait), wait)
                    return
                await _unknown(send, scope, language)
                return
            if method not in SAFE and path.startswith("/api/") and not (person and person.may("recorder")):
                # Before anything of what was sent is looked at. Pages have the roles of their addresses.
                self.audit.note("refused: role", person.name if person else "", client, method=method)
                role = text("serve.role.recorder")
                await _refuse(send, scope, 403, text("serve.refused.role", role=role))
                return
        scope["person"], scope["client_name"] = person, client
        await self.app(scope, _limited(receive, most, BODY_SECONDS), send)

    def _client(self, headers: Mapping[str, str], scope: Scope) -> str:
        """The address of who asks. A trusted server says whose it is: what it adds stands last."""
        client = str((scope.get("client") or ("",))[0])
        if client in self.doors.proxies:
            said = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            try:
                return str(ipaddress.ip_address(said))
            except ValueError:
                return client
        return client

    def _host_known(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() and ":" in host else host
        return name.casefold().rstrip(".") in {h.casefold() for h in self.doors.hosts}

    def _own_origin(self, headers: Mapping[str, str]) -> bool:
        """Whether a request comes from a page of this server. A browser names the origin of every form."""
        origin = headers.get("origin")
        if origin is not None:
            try:
                given = urlsplit(origin)
            except ValueError:
                return False
            # Where the pages are encrypted, a page of the same name that is not may be anybody's.
            own = ("https",) if self.doors.secure else ("http", "https")
            return given.scheme in own and given.netloc.casefold() == headers["host"].casefold()
        return headers.get("sec-fetch-site") == "same-origin"

    def _person(self, headers: Mapping[str, str], client: str, scope: Scope) -> tuple[Person | None, bool]:
        """Who asks; whether by a token that no browser sends of itself."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            if self.attempts.wait(client):
                return None, True
            person = self.people.with_token(token.strip())
            if person is None:
                self.attempts.failed(client)
                self.audit.note("refused: token", "", client)
            return person, True
        peer = (scope.get("client") or ("",))[0]
        if self.doors.header is not None and peer in self.doors.proxies:
            return self.people.named(_utf8(headers.get(self.doors.header.lower(), ""))), False
        if (key := cookie_of(headers, self.doors.cookie)) and (
            person := self.people.in_session(key)
        ) is not None:
            return person, False
        if _is(scope["path"], FEED) and scope["method"] in ("GET", "HEAD"):
            query = scope.get("query_string", b"").decode("latin-1")
            given = next((part[4:] for part in query.split("&") if part.startswith("key=")), "")
            return (self.people.with_feed_key(given) if given else None), False
        return None, False


def _headers(scope: Scope, alone: frozenset[str]) -> tuple[dict[str, str], str]:
    """The headers, by their names in small letters; and one that stands there twice and must not."""
    found: dict[str, str] = {}
    twice = ""
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        if name in found and name in alone:
            twice = name
        found[name] = value.decode("latin-1")
    return found, twice


def _utf8(value: str) -> str:
    """What a header says where its bytes are UTF-8, as names with letters beyond ASCII are sent."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def cookie_of(headers: Mapping[str, str], name: str) -> str:
    """The key of a session that the browser keeps; empty where it keeps none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def most_bytes(path: str, headers: Mapping[str, str]) -> int:
    """How much of a request is read: a file, what a form or an event may hold, or a token."""
    if _is(path, SIGN_IN):
        return MOST_TOKEN_BYTES
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    return MOST_BYTES if kind == "multipart/form-data" else MOST_FORM_BYTES


def size(number: int) -> str:
    """A number of bytes as people say it."""
    return f"{number // 2**20} MB" if number >= 2**20 else f"{number // 2**10} KB"


def too_large(headers: Mapping[str, str], most: int) -> bool:
    """Whether a request says that it is larger than is taken."""
    given = headers.get("content-length", "0")
    return not given.isdecimal() or len(given) > 15 or int(given) > most


class TooLarge(HTTPException):
    """More bytes came than are taken."""

    def __init__(self, most: int) -> None:
        super().__init__(413)
        self.most = most


class TooSlow(HTTPException):
    """What was sent did not come to its end."""

    def __init__(self) -> None:
        super().__init__(408)


def _limited(receive: Receive, most: int, seconds: float) -> Receive:
    """The body, as long as it is not too large, whatever its head says of it, and all there in time."""
    came, whole = 0, False
    until = asyncio.get_running_loop().time() + seconds

    async def limited() -> Message:
        nonlocal came, whole
        if whole:
            # What comes now is that nobody waits any more.
            return await receive()
        left = until - asyncio.get_running_loop().time()
        try:
            message = await asyncio.wait_for(receive(), left)
        except TimeoutError:
            raise TooSlow from None
        came += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if came > most:
            raise TooLarge(most)
        return message

    return limited


def _open(path: str) -> bool:
    """What who has no token yet needs: the page to give one, and how it looks."""
    return path.startswith("/static/") or _is(path, SIGN_IN)


def _is(path: str, name: str) -> bool:
    """Whether an address is that of this page, in any language, and not one that only ends like it."""
    return path in {f"/{tag}/{name}" for tag in LANGUAGES}


def _with_headers(send: Send, path: str, secure: bool) -> Send:
    ours = (*HEADERS, ENCRYPTED) if secure else HEADERS

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [h for h in message.get("headers", ()) if h[0].lower() not in dict(ours)]
            if not path.startswith("/static/"):
                kept = [h for h in kept if h[0].lower() != b"cache-control"]
                kept.append((b"cache-control", b"no-store"))
            message["headers"] = [*kept, *ours]
        await send(message)

    return sending


async def _refuse(send: Send, scope: Scope, status: int, said: str, wait: int = 0) -> None:
    from .refusals import refusal

    body, kind = refusal(scope["path"], status, said)
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _unknown(send: Send, scope: Scope, language: str) -> None:
    """A page to sign in on for a browser; a refusal for a program."""
    path = scope["path"]
    if path.startswith("/api/") or scope["method"] not in SAFE or _is(path, FEED):
        await _refuse(send, scope, 401, text("serve.refused.unknown"))
        return
    query = scope.get("query_string", b"").decode("latin-1")
    there = f"{path}?{query}" if query else path
    next_ = "" if path == "/" else f"?next={quote(there, safe='', errors='replace')}"
    to = f"/{language}/{SIGN_IN}{next_}"
    await send(
        {
            "type": "http.response.start",
            "status": 303,
            "headers": [(b"location", to.encode("latin-1", "replace"))],
        }
    )
    await send({"type": "http.response.body", "body": b""})
