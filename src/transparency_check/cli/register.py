"""``register``: the store of events that are recorded one by one and never changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..harmless import plain
from ..messages import text
from ..terminal import remark, tell
from . import options
from .application import CommandGroup
from .entering import by_option, register_option
from .worded import Command, argument, option

if TYPE_CHECKING:
    from ..model import Problem
    from ..register.importing import Imported

# Problems that are told one by one.
_TOLD = 20
# Records that are shown where none is named.
_SHOWN = 50


class _OfOne(Command):
    """A command of one register, which takes nothing else: what stands there was meant to name it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse. Raises ``UsageError``."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(text("register.error.bare", command=ctx.command_path, name=rest[0]))
        return rest


@click.group("register", cls=CommandGroup, short_help="short.register", help="help.register")
def register() -> None:
    pass


@register.command("init", cls=_OfOne, help="help.register.init", epilog="help.exit.register")
@register_option
def init(register: str) -> int:
    import uuid

    from ..readers.location import located
    from ..register.libraries import sqlalchemy
    from .entering import now

    sqlalchemy()
    from ..register.store import create

    place = located(register)
    head = create(place, str(uuid.uuid4()), now())
    tell(plain(text("register.made", name=place.shown, head=head)))
    return 0


@register.command(
    "verify", cls=_OfOne, help="help.register.verify", epilog="help.exit.register.verify"
)
@register_option
@option("--head", "heads", multiple=True, metavar="metavar.head", help="help.register.head")
@options.page_format
@options.output
def verify(register: str, heads: tuple[str, ...], format_name: str | None, output: str | None) -> int:
    from ..register.chain import Head
    from ..report import EXIT_FINE, EXIT_VIOLATIONS
    from . import outlet, showing
    from .entering import opened

    outlet.refuse_input(output, (register,), no_config=True)
    noted = [Head.read(given) for given in heads]
    with opened(register) as there:
        from ..register.verifying import verified
        from ..reports.register_page import verified_object, verified_outline

        found = verified(there, noted)
        name = there.location.shown
    showing.write_page(
        lambda: verified_outline(name, found), lambda: verified_object(name, found), format_name, output
    )
    return EXIT_FINE if found.whole else EXIT_VIOLATIONS


@register.command("backup", help="help.register.backup", epilog="help.exit.register")
@argument("target", metavar="metavar.register")
@register_option
def backup(target: str, register: str) -> int:
    from ..readers.location import located
    from .entering import opened

    with opened(register) as there:
        from ..register.copying import copy

        place = located(target)
        head = copy(there, place)
        tell(plain(text("register.copied", name=place.shown, of=there.location.shown, head=head)))
    return 0


@register.command("import", help="help.register.import help.log", epilog="help.exit.register.import")
@options.logs
@register_option
@by_option
@option("--skip-bad", is_flag=True, help="help.register.skip_bad")
@options.input_format
@options.mapping
@options.configured
def import_(
    logs: tuple[str, ...],
    register: str,
    by: str,
    skip_bad: bool,
    input_format: str | None,
    mapping: str | None,
    **law: Any,
) -> int:
    import sys

    from .asking import mapping_file
    from .entering import now, opened, words

    if not logs:
        raise UsageError(text("error.no_log"))
    named = mapping_file(mapping)
    with opened(register, write=True) as there:
        from ..mapping.chosen import mappings_of
        from ..register.importing import import_events
        from ..register.intake import Intake, events_of

        known = words(**law)
        vocabulary = known.rulebook.vocabulary
        mappings = mappings_of(named, known.office)
        if mappings is not None:
            mappings.bind(known.normaliser, vocabulary, known.zone)
        intake = Intake()
        events = events_of(
            logs,
            known.normaliser,
            vocabulary,
            known.registry,
            intake,
            input_format=input_format,
            standard_input=getattr(sys.stdin, "buffer", None),
            defaults=known.defaults,
            mappings=mappings,
        )
        done = import_events(
            there,
            events,
            intake,
            known.normaliser,
            vocabulary,
            now=now(known.zone),
            by=by,
            skip_bad=skip_bad,
        )
        _tell_problems(done)
        if done.head is None:
            code = "register.error.not_imported" if intake.fatal else "register.error.bad_rows"
            raise UsageError(text(code, n=len(intake.fatal or intake.bad)))
        counts = {"n": done.recorded, "corrections": done.corrections, "known": done.known}
        tell(plain(text("register.imported", name=there.location.shown, head=done.head, **counts)))
        if done.left_out:
            tell(plain(text("register.imported.left_out", n=len(done.left_out))))
    return 0


def _tell_problems(done: Imported) -> None:
    """What is wrong with rows, on standard error: of each kind so many."""
    intake = done.intake
    errors = [*intake.fatal, *(problem for bad in intake.bad for problem in bad.problems)]
    for problems in (errors, intake.warnings):
        for problem in problems[:_TOLD]:
            tell(plain(_said(problem)), aside=True)
        if len(problems) > _TOLD:
            tell(text("report.more", n=len(problems) - _TOLD), aside=True)


def _said(problem: Problem) -> str:
    shown = text("register.told", place=problem.place, message=problem.message)
    return text("error", message=shown) if problem.severity == "error" else shown


@register.command("export", help="help.register.export", epilog="help.exit.register")
@argument("output", metavar="metavar.file")
@register_option
@options.configured
def export(output: str, register: str, **law: Any) -> int:
    import tempfile

    from . import outlet
    from .entering import opened, words

    with opened(register) as there:
        from ..register.exporting import ending, read_again, write

        outlet.refuse_input(output, (register,), no_config=True)
        form = ending(output)
        known = words(**law)
        with there.reading() as reading, tempfile.TemporaryDirectory(prefix="transparency-check-") as folder:
            made = Path(folder, f"log{form}")
            with made.open("wb") as stream:
                n = write(reading, form, stream)
            read_again(made, reading, form, known.normaliser, known.rulebook.vocabulary, known.registry)
            head = reading.head()
            with made.open("rb") as written:
                outlet.put(output, lambda out: _copied(written, out.buffer))
        remark(plain(text("register.exported", n=n, path=output, name=there.location.shown, head=head)))
    return 0


def _copied(source: Any, target: Any) -> None:
    import shutil

    shutil.copyfileobj(source, target)


@register.command("history", help="help.register.history", epilog="help.exit.register")
@argument("event_id", required=False, metavar="metavar.id")
@register_option
@option("--last", type=click.IntRange(1), metavar="metavar.number", help="help.register.last")
@options.page_format
@options.output
def history(
    event_id: str | None, register: str, last: int | None, format_name: str | None, output: str | None
) -> int:
    from ..selecting import nearest
    from . import outlet, showing
    from .entering import opened

    outlet.refuse_input(output, (register,), no_config=True)
    with opened(register) as there:
        from ..reports.register_page import history_object, history_outline

        name = there.location.shown
        with there.reading() as reading:
            head = reading.head()
            if event_id is not None:
                entries = reading.of_event(event_id)
                if not entries:
                    message = text("register.error.no_event", id=event_id, name=name)
                    raise UsageError(nearest(message, event_id, reading.newest_ids(_TOLD * 1_000)))
                left = 0
            else:
                left = max(head.count - (last or _SHOWN), 0)
                entries = list(reading.entries(left))
    showing.write_page(
        lambda: history_outline(name, head, entries, left),
        lambda: history_object(name, head, entries, left),
        format_name,
        output,
    )
    return 0
