"""What stands before every page: hosts, origins, tokens, sizes, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote, urlsplit

from ..messages import text
from .audit import Audit
from .languages import address_language, preferred, within
from .people import Attempts, People, Person

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SIGN_IN, FEED = "sign-in", "calendar.ics"
MOST_BYTES = 20 * 2**20
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


@dataclass(frozen=True)
class Doors:
    """From where one may come in. ``hosts`` are names without ports; with ``header`` a proxy at one of
    ``proxies`` says who asks; ``secure`` makes cookies that travel only encrypted.
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


@dataclass
class Guard:
    """An ASGI application around another one, which is only reached by who may."""

    app: App
    people: People
    attempts: Attempts
    audit: Audit
    doors: Doors = field(default_factory=Doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        client = (scope.get("client") or ("",))[0]
        path, method = scope["path"], scope["method"]
        send = _with_headers(send, path, scope)
        language = address_language(path) or preferred(headers.get("accept-language", ""))
        with within(language):
            if not self._host_known(headers.get("host", "")):
                # A name that leads here by somebody else's doing.
                self.audit.note("refused: host", "", client, method=method)
                await _refuse(send, scope, 421, text("serve.refused.host"))
                return
            if too_large(headers):
                await _refuse(send, scope, 413, text("serve.refused.size", limit="20 MB"))
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
        await self.app(scope, _limited(receive), send)

    def _host_known(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() and ":" in host else host
        return name.casefold().rstrip(".") in {h.casefold() for h in self.doors.hosts}

    def _own_origin(self, headers: Mapping[str, str]) -> bool:
        """Whether a request comes from a page of this server. A browser names the origin of every form."""
        origin = headers.get("origin")
        if origin is not None:
            given = urlsplit(origin)
            return given.scheme in ("http", "https") and given.netloc.casefold() == headers["host"].casefold()
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
        if self.doors.header is not None and client in self.doors.proxies:
            return self.people.named(headers.get(self.doors.header.lower(), "")), False
        if (key := cookie_of(headers, self.doors.cookie)) and (
            person := self.people.in_session(key)
        ) is not None:
            return person, False
        if _last(scope["path"]) == FEED:
            query = scope.get("query_string", b"").decode("latin-1")
            given = next((part[4:] for part in query.split("&") if part.startswith("key=")), "")
            return (self.people.with_feed_key(given) if given else None), False
        return None, False


def cookie_of(headers: Mapping[str, str], name: str) -> str:
    """The key of a session that the browser keeps; empty where it keeps none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def too_large(headers: Mapping[str, str]) -> bool:
    """Whether a request says that it is larger than is taken."""
    given = headers.get("content-length", "0")
    return not given.isdecimal() or int(given) > MOST_BYTES


class TooLarge(Exception):
    """More bytes came than are taken."""


def _limited(receive: Receive) -> Receive:
    """The body, as long as it is not too large, whatever its head says of it."""
    came = 0

    async def limited() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > MOST_BYTES:
            raise TooLarge
        return message

    return limited


def _open(path: str) -> bool:
    """What who has no token yet needs: the page to give one, and how it looks."""
    return path.startswith("/static/") or (address_language(path) is not None and _last(path) == SIGN_IN)


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _with_headers(send: Send, path: str, scope: Scope) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [h for h in message.get("headers", ()) if h[0].lower() not in dict(HEADERS)]
            if not path.startswith("/static/"):
                kept = [h for h in kept if h[0].lower() != b"cache-control"]
                kept.append((b"cache-control", b"no-store"))
            message["headers"] = [*kept, *HEADERS]
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
    if path.startswith("/api/") or scope["method"] not in SAFE or _last(path) == FEED:
        await _refuse(send, scope, 401, text("serve.refused.unknown"))
        return
    query = scope.get("query_string", b"").decode("latin-1")
    there = f"{path}?{query}" if query else path
    to = f"/{language}/{SIGN_IN}" + ("" if path == "/" else f"?next={quote(there, safe='')}")
    await send(
        {
            "type": "http.response.start",
            "status": 303,
            "headers": [(b"location", to.encode("latin-1", "replace"))],
        }
    )
    await send({"type": "http.response.body", "body": b""})
