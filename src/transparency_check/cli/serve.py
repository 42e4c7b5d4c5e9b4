"""``serve`` and ``serve-token``: pages for an office, and who may see them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ..errors import UsageError
from ..harmless import ACTING, plain
from ..messages import text
from ..terminal import remark, tell
from . import options
from .worded import argument, command, option

if TYPE_CHECKING:
    from ..checking import Inquiry
    from ..serving.people import Person
    from ..serving.starting import Start

_TOKENS = "people.toml"


@command("serve", short_help="short.serve", help="help.serve help.serve.address", epilog="help.exit.serve")
@argument("names", nargs=-1, metavar="metavar.register_logs")
@option("--host", default="127.0.0.1", show_default=True, metavar="metavar.host", help="help.serve.host")
@option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8765,
    show_default=True,
    metavar="metavar.port",
    help="help.serve.port",
)
@option("--token", metavar="metavar.token", help="help.serve.token")
@option("--by", metavar="metavar.text", help="help.serve.by")
@option("--people", type=click.Path(), metavar="metavar.file", help="help.serve.people")
@option("--allow-host", "hosts", multiple=True, metavar="metavar.host", help="help.serve.allow_host")
@option("--base-url", "base", metavar="metavar.url", help="help.serve.base_url")
@option("--proxy-header", "header", metavar="metavar.header", help="help.serve.proxy_header")
@option("--proxy", "proxies", multiple=True, metavar="metavar.address", help="help.serve.proxy")
@option("--audit", type=click.Path(), metavar="metavar.file", help="help.serve.audit")
@option("--title", metavar="metavar.text", help="help.serve.title")
@option("--within", default="30d", show_default=True, metavar="metavar.time", help="help.serve.within")
@option("--read-only", is_flag=True, help="help.serve.read_only")
@options.judged
def serve(
    names: tuple[str, ...],
    host: str,
    port: int,
    token: str | None,
    by: str | None,
    people: str | None,
    hosts: tuple[str, ...],
    base: str | None,
    header: str | None,
    proxies: tuple[str, ...],
    audit: str | None,
    title: str | None,
    within: str,
    read_only: bool,
    no_plugins: bool,
    **judged: Any,
) -> int:
    import gc
    from contextlib import ExitStack

    from ..as_of import Ahead
    from ..plugins import load_registry
    from ..serving.libraries import require_libraries
    from ..serving.people import SESSION_HOURS, people_in
    from ..serving.starting import Start, built, is_loopback, listening, run
    from ..waivers.file import to_write

    require_libraries()
    Ahead.read(within)
    _refuse(names, host, people, base, header, proxies, is_loopback(host))
    secret = None
    if people is not None:
        known: tuple[Person, ...] = people_in(Path(people))
        if not known:
            raise UsageError(text("serve.error.nobody", path=people))
    else:
        secret, known = _one(token, by)
    start = Start(
        names,
        known,
        host=host,
        port=port,
        hosts=hosts,
        base=base or "",
        header=header,
        proxies=proxies,
        audit=_audit(audit, names, read_only),
        title=" ".join((title or "").split()),
        within=within,
        read_only=read_only,
        packs=judged["packs"],
        people_file=None if people is None else Path(people),
        waivers=None if read_only or judged["no_waivers"] else to_write(judged["waivers"]),
        watched=_watched(judged),
    )
    # One run ends; a server goes on, and what it has shown must not stay.
    gc.enable()
    with ExitStack() as stack:
        # Before anything is judged: who waits for that is told then that it was for nothing.
        socket = stack.enter_context(listening(host, port))
        remark(plain(text("serve.judging", source=", ".join(names))))
        app = built(
            start,
            lambda: _inquiry(judged),
            lambda: load_registry(plugins=not no_plugins),
            _clock,
            stack,
        )
        tell(plain(_welcome(start, secret, SESSION_HOURS)), aside=True)
        run(app, [socket])
    return 0


def _inquiry(judged: dict[str, Any]) -> Inquiry:
    """What the options ask for, with configuration and waivers as they are now."""
    from . import asking

    return asking.inquiry((), **judged)


def _clock(zone: ZoneInfo) -> dt.datetime:
    """The moment it is: nothing but the command line reads a clock."""
    return dt.datetime.now(zone)


def _refuse(
    names: tuple[str, ...],
    host: str,
    people: str | None,
    base: str | None,
    header: str | None,
    proxies: tuple[str, ...],
    loopback: bool,
) -> None:
    """Raise ``UsageError`` for what cannot stand together."""
    if not names:
        raise UsageError(text("error.no_log"))
    if base is not None and not _is_address(base):
        raise UsageError(text("site.error.base", name=base))
    if header and (not proxies or people is None):
        raise UsageError(text("serve.error.proxy"))
    if not loopback and people is None:
        raise UsageError(text("serve.error.open", host=host))
    if not loopback and not _encrypted(base):
        raise UsageError(text("serve.error.plain", host=host))


def _is_address(base: str) -> bool:
    from urllib.parse import urlsplit

    try:
        named = bool(urlsplit(base).hostname)
    except ValueError:
        return False
    return named and base.startswith(("http://", "https://")) and len(base.split()) == 1


def _encrypted(base: str | None) -> bool:
    """Whether what people send goes through TLS, or never leaves a machine."""
    from urllib.parse import urlsplit

    from ..serving.starting import is_loopback

    given = urlsplit(base or "")
    return given.scheme == "https" or is_loopback(given.hostname or "")


def _watched(judged: dict[str, Any]) -> tuple[Path, ...]:
    """The files that make another judgement when they change: waivers, configuration, a mapping."""
    from ..configuration.read import found_file
    from ..waivers.file import to_write

    office = None if judged["no_config"] else judged["config"] or found_file()
    waivers = None if judged["no_waivers"] else to_write(judged["waivers"])
    return tuple(Path(file) for file in (office, waivers, judged["mapping"]) if file is not None)


def _one(token: str | None, by: str | None) -> tuple[str, tuple[Person, ...]]:
    """The one person who has the token of the start, and the token."""
    from ..serving.people import new_token, start_person

    secret = token or new_token()
    return secret, (start_person(" ".join((by or _user()).split()), "admin", secret),)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "office"


def _audit(given: str | None, names: tuple[str, ...], read_only: bool) -> Path | None:
    """The file of what was done: beside a register that is written to, where none is named."""
    from ..serving.starting import is_register

    if given is not None:
        return Path(given)
    if read_only or len(names) != 1 or not is_register(names[0]) or "://" in names[0]:
        return None
    return Path(f"{names[0]}.audit.jsonl")


def _welcome(start: Start, secret: str | None, hours: int) -> str:
    from ..messages.language import current

    address = f"{start.address}/{current()}/"
    if secret is None:
        return text("serve.started.people", address=address)
    return text("serve.started", address=f"{address}sign-in?token={secret}", hours=hours)


@command(
    "serve-token", short_help="short.serve_token", help="help.serve_token", epilog="help.exit.serve_token"
)
@argument("name", metavar="metavar.name")
@option(
    "--role",
    type=click.Choice(["reader", "recorder", "admin"]),
    default="reader",
    show_default=True,
    metavar="metavar.role",
    help="help.serve_token.role",
)
@option(
    "--people", type=click.Path(), default=_TOKENS, show_default=True, metavar="metavar.file",
    help="help.serve.people",
)  # fmt: skip
@option("--until", metavar="metavar.day", help="help.serve_token.until")
@option("--revoke", is_flag=True, help="help.serve_token.revoke")
def serve_token(name: str, role: Any, people: str, until: str | None, revoke: bool) -> int:
    from ..serving.people import new_token
    from ..serving.people_file import entry_for, with_entry, without_entry
    from . import outlet, showing

    path = Path(people)
    shown = " ".join(name.split())
    if not shown or ACTING.search(shown):
        raise UsageError(text("serve.error.name"))
    last = showing.day("--until", until)
    if revoke:
        written = without_entry(path, shown)
        outlet.put(people, lambda stream: stream.write(written))
        tell(plain(text("serve.token.revoked", path=path.as_posix(), name=shown)))
        return 0
    token = new_token()
    written = with_entry(path, shown, entry_for(shown, role, token, last))
    outlet.put(people, lambda stream: stream.write(written))
    made = text("serve.token.made", path=path.as_posix(), name=shown, role=text(f"serve.role.{role}"))
    remark(plain(made))
    tell(token)
    return 0
