"""``rules new``: a file for a new duty, with examples that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import ConfigurationError, UsageError
from ..harmless import plain
from ..messages import system, text
from ..terminal import tell
from .worded import argument, command, option

if TYPE_CHECKING:
    from ..packs.model import Rulebook
    from ..packs.sources import Sources

# Of trials/scaffold.py, which is not loaded for --help.
_SHAPES = ("after", "before", "content", "duration", "count", "calendar", "standing")


@command("new", help="help.rules.new", epilog="help.exit.new")
@argument("rule", metavar="metavar.id")
@option("--pack", required=True, metavar="metavar.folder", help="help.new.pack")
@option("--shape", required=True, type=click.Choice(_SHAPES), help="help.new.shape")
@option("--title", required=True, metavar="metavar.text", help="help.new.title")
def new_rule(rule: str, pack: str, shape: str, title: str) -> None:
    from ..packs.compile import bases_of
    from ..packs.find import locate
    from ..packs.load import load_pack
    from ..packs.merge import rulebook
    from ..packs.problems import PackError
    from ..packs.sources import read_sources
    from ..schema_files import reference
    from ..trials.scaffold import file_name, scaffold, with_file

    try:
        location = locate(pack)
        sources = read_sources(location.folder, location.shown)
        bases = bases_of(pack)
        book = rulebook([*bases, load_pack(sources, bases)])
        _refuse(rule, title, book, sources)
        languages = next((p.languages for p in reversed(book.packs) if p.languages), ["en"])
        made = scaffold(rule, title.strip(), shape, book, languages)
        file = file_name(rule, title)
        _refuse_failure(rule, rulebook([*bases, load_pack(with_file(sources, file, made), bases)]))
    except PackError as error:
        raise ConfigurationError(str(error)) from None
    except LookupError as error:
        raise UsageError(text("error.new.vocabulary", shape=shape, what=error.args[0])) from None
    target = location.folder / file
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            # Where the schema is depends on where the file is.
            stream.write(f"# yaml-language-server: $schema={reference('duty', target)}\n{made}")
    except OSError as error:
        raise UsageError(
            text("error.output.write", path=target.as_posix(), reason=system.reason(error))
        ) from None
    tell(plain(text("rules.new.written", path=target.as_posix(), rule=rule, pack=pack)))


def _refuse(rule: str, title: str, book: Rulebook, sources: Sources) -> None:
    """Refuse ids that are no ids, are taken, or belong to no area; each names the next free one."""
    from ..packs.problems import did_you_mean
    from ..trials.scaffold import DUTY_ID, next_free

    areas = {area for info in book.packs for area in info.areas}
    own = [d.id for d in book.duties]
    files = [file.rsplit("/", 1)[-1].removesuffix(".yaml")[:11].rstrip("-") for file in sources.files]
    prefix, _, rest = rule.partition("-")
    area = rest.partition("-")[0]
    if DUTY_ID.fullmatch(rule) is None:
        known = area in areas and prefix.isalpha() and prefix.isupper()
        example = next_free(prefix, area, own) if known else next_free("XX", min(areas, default="ABC"), own)
        raise UsageError(text("error.new.id", name=rule, example=example))
    if area not in areas:
        raise UsageError(text("error.new.area", name=area, hint=did_you_mean(area, areas, most=20)))
    if rule in {*own, *files}:
        raise UsageError(text("error.new.taken", name=rule, free=next_free(prefix, area, [*own, *files])))
    if not title.strip():
        raise UsageError(text("error.new.untitled"))


def _refuse_failure(rule: str, book: Rulebook) -> None:
    """Nothing is written that does not hold: a vocabulary may be odder than was thought of."""
    from ..trials.examples import run_examples

    duty = book.duty(rule)
    assert duty is not None
    for result in run_examples(duty, book):
        if result.mismatches:
            message = "; ".join(result.mismatches)
            raise UsageError(text("error.new.fails", name=result.name, message=message))
