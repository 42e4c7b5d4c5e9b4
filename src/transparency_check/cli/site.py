"""``site build``: the compliance record as a public site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..harmless import plain
from ..messages import text
from ..messages.language import LANGUAGES
from ..terminal import remark
from . import options
from .application import CommandGroup
from .worded import option

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.group("site", cls=CommandGroup, short_help="short.site", help="help.site")
def site() -> None:
    pass


@site.command("build", help="help.site.build help.log", epilog="help.exit.site")
@options.logs
@option("--output", "-o", required=True, type=click.Path(), metavar="metavar.folder", help="help.site.output")
@options.judged
@option("--per", type=click.Choice(["year", "quarter", "month"]), default="quarter", help="help.score.per")
@option("--within", default="30d", show_default=True, metavar="metavar.time", help="help.site.within")
@option("--title", metavar="metavar.text", help="help.site.title")
@option("--base-url", "base", metavar="metavar.url", help="help.site.base")
@option("--licence", metavar="metavar.text", help="help.site.licence")
@option(
    "--language",
    "languages",
    type=click.Choice(list(LANGUAGES)),
    multiple=True,
    metavar="metavar.language",
    help="help.site.language",
)
def build(
    logs: tuple[str, ...],
    output: str,
    per: Any,
    within: str,
    title: str | None,
    base: str | None,
    licence: str | None,
    languages: tuple[str, ...],
    no_plugins: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..as_of import Ahead
    from ..checking import answer
    from ..plugins import load_registry
    from ..report import exit_code
    from ..site.building import build as built
    from ..site.folder import made_before
    from ..site.frame import Settings
    from . import asking, observing, outlet

    Ahead.read(within)
    _refuse_address(base)
    outlet.refuse_input(output, logs, **asking.inputs(judged))
    _refuse_logs_within(output, logs)
    # Told before the logs are judged.
    made_before(Path(output).resolve())
    registry = load_registry(plugins=not no_plugins)
    settings = Settings(
        title=" ".join((title or "").split()),
        languages=tuple(dict.fromkeys(languages)) or tuple(LANGUAGES),
        base=base or "",
        licence=" ".join((licence or "").split()),
        selection=asking.selection(judged),
    )
    with observing.observed() as observer:
        found = answer(replace(asking.inquiry(logs, **judged), paged=True), registry, watch=observer)
        with observer.stage("report"):
            written = built(found, settings, per, within, Path(output))
    remark(plain(text("site.written", path=output, pages=written.pages, files=written.files)))
    return exit_code(found.report, "never")


def _refuse_address(base: str | None) -> None:
    """Raise ``UsageError`` for an address that is none of the web."""
    if base is not None and (not base.startswith(("http://", "https://")) or len(base.split()) != 1):
        raise UsageError(text("site.error.base", name=base))


def _refuse_logs_within(output: str, logs: Sequence[str]) -> None:
    """Raise ``UsageError`` for a log that would be published whole, as it lies in the folder of the site."""
    folder = Path(output).resolve()
    for name in logs:
        if name != "-" and folder in Path(name).resolve().parents:
            raise UsageError(text("site.error.log_within", path=name, folder=output))
