"""``remind``: what comes next, by mail or through a service."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options
from .worded import ISOLATED, PREFIX, command, option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from email.message import EmailMessage

    from ..checking import Answer
    from ..model import Report
    from ..reminding.digest import Digest
    from ..reminding.services import Opened
    from ..reminding.settings import Settings
    from ..reminding.smtp import Failure
    from ..report import Upcoming


@command(
    "remind",
    short_help="short.remind",
    help="help.remind help.remind.say help.log",
    epilog="help.exit.remind",
)
@options.logs
# Not that of the days of other commands.
@option("--to", multiple=True, envvar=f"{PREFIX}REMIND_TO", metavar="metavar.address", help="help.remind.to")
@option("--notify", multiple=True, metavar="metavar.url", help="help.remind.notify")
@option("--sender", metavar="metavar.address", help="help.remind.sender")
@option("--smtp", metavar="metavar.server", help="help.remind.smtp")
@option("--security", type=click.Choice(["starttls", "ssl", "none"]), help="help.remind.security")
@option("--credentials", type=click.Path(), metavar="metavar.file", help="help.remind.credentials")
@option("--within", metavar="metavar.time", help="help.remind.within")
@options.since
@option("--save", type=click.Path(), metavar="metavar.report", help="help.remind.save")
@option("--always", is_flag=True, help="help.remind.always")
@option("--dry-run", is_flag=True, help="help.remind.dry_run")
@options.judged
@options.case
@options.municipality
def remind(
    logs: tuple[str, ...],
    to: tuple[str, ...],
    notify: tuple[str, ...],
    sender: str | None,
    smtp: str | None,
    security: str | None,
    credentials: str | None,
    within: str | None,
    since: str | None,
    save: str | None,
    always: bool,
    dry_run: bool,
    municipalities: tuple[str, ...],
    cases: tuple[str, ...],
    no_plugins: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from .. import coming
    from ..as_of import Ahead
    from ..checking import answer
    from ..messages import text
    from ..plugins import load_registry
    from ..reminding.services import opened
    from ..reminding.settings import DEFAULT_WITHIN, Wish, open_to_all, settings
    from ..report import EXIT_UNDELIVERED, exit_code
    from ..terminal import remark, say
    from . import asking, observing, outlet, showing

    outlet.refuse_input(save, logs, **asking.inputs(judged))
    registry = load_registry(plugins=not no_plugins)
    # The horizon may stand in the configuration, which is read here.
    inquiry = asking.inquiry(logs, within=DEFAULT_WITHIN, **judged)
    wish = Wish(to, notify, sender, smtp, security, credentials, within)
    environment = {} if click.get_current_context().meta.get(ISOLATED) else os.environ
    wanted = settings(wish, inquiry.office, environment, send=not dry_run)
    services = opened(wanted.services)
    if not dry_run and open_to_all(credentials):
        remark(text("remind.open", path=credentials))
    inquiry = replace(inquiry, ahead=Ahead.read(wanted.within))
    # The first of the runs that hand their report on to the next.
    first = since is not None and since == save and not Path(since).exists()
    before = None if first else coming.read_earlier(since)
    selection = asking.selection(judged, municipality=municipalities, case=cases)
    with observing.observed() as observer:
        found = answer(inquiry, registry, watch=observer)
        report = showing.view(found, municipalities, cases, None, None)
    next_ = coming.next_of(found, report, True, before, selection)
    said = _said(found, report, next_, wanted)
    if first:
        remark(text("remind.first", path=since))
    code = exit_code(report, "never")
    if not (always or any(digest.wanted for digest in said.values())):
        remark(text("remind.nothing"))
    elif dry_run:
        _show(said, wanted, services)
    elif failed := _deliver(said, wanted, services):
        for failure in failed:
            say(text("remind.failed", recipient=failure.recipient, why=failure.why))
        say(text("remind.again" if save is None else "remind.again.save", path=save))
        return EXIT_UNDELIVERED
    if save is not None and not dry_run:
        _save(report, found, selection, save)
    return code


def _said(found: Answer, report: Report, next_: Upcoming, wanted: Settings) -> Mapping[str, Digest]:
    """The reminder in each language that somebody reads."""
    from ..messages import language
    from ..reminding.digest import digest
    from ..reports.options import Names, ReportOptions

    acts = found.discharges()
    made = {}
    tags = [*(to.language for to in wanted.recipients), *(to.language for to in wanted.services)]
    for tag in dict.fromkeys(tags):
        with language.speaking(tag):
            given = ReportOptions(names=Names.of(found.rulebook), upcoming=next_, acts=acts)
            made[tag] = digest(report, given, found.as_of.day)
    return made


def _mails(said: Mapping[str, Digest], wanted: Settings) -> list[EmailMessage]:
    import datetime as dt

    from ..reminding.mail import mail

    now = dt.datetime.now(dt.UTC)
    sender = wanted.sender
    assert sender is not None or not wanted.recipients
    return [mail(said[to.language], sender, to.address, now) for to in wanted.recipients if sender]


def _show(said: Mapping[str, Digest], wanted: Settings, services: Sequence[Opened]) -> None:
    """Print what would be sent: on a terminal for people to read, else the mail as it is."""
    from ..messages import text
    from ..reminding import plain_text
    from ..terminal import tell
    from .outlet import terminal

    for made in _mails(said, wanted):
        if terminal():
            heads = [f"{name}: {made[name]}" for name in ("From", "To", "Subject")]
            body = made.get_body(("plain",))
            assert body is not None
            tell("\n".join([*heads, "", body.get_content()]))
        else:
            tell(made.as_bytes().decode("ascii").replace("\r\n", "\n"))
    for service in services:
        digest = said[service.service.language]
        tell(text("remind.shown", service=service.service.shown))
        tell(f"{digest.subject}\n\n{plain_text.render(digest)}")


def _deliver(said: Mapping[str, Digest], wanted: Settings, services: Sequence[Opened]) -> list[Failure]:
    """Send everything; who did not get it. What was sent is said on standard error."""
    from ..harmless import plain
    from ..messages import text
    from ..reminding import services as by_service
    from ..reminding import smtp
    from ..terminal import remark

    failed: list[Failure] = []
    if wanted.server is not None:
        failed += smtp.deliver(_mails(said, wanted), wanted.server)
    refused = {failure.recipient for failure in failed}
    for to in wanted.recipients:
        if to.address.addr_spec not in refused:
            remark(plain(text("remind.sent", recipient=to.address.addr_spec)))
    for service in services:
        failure = by_service.deliver(service, said[service.service.language])
        if failure is None:
            remark(text("remind.sent", recipient=service.service.shown))
        else:
            failed.append(failure)
    return failed


def _save(report: Report, found: Answer, selection: Mapping[str, tuple[str, ...]], path: str) -> None:
    """Write the whole report, for the next run to compare with; the earlier one stays where that fails."""
    from ..reports.json import JsonReporter
    from ..reports.options import Names, ReportOptions
    from . import outlet

    given = ReportOptions(names=Names.of(found.rulebook), everything=True, selection=selection)
    outlet.deliver(lambda stream: JsonReporter().write(report, stream, given.mapping()), path)
