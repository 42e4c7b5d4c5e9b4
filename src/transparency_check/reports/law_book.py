"""The packs as a book to read: a page per duty, and what of the law they cover.

Everything is generated from the packs (``rules pages``): nothing in it can differ from what is judged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..harmless import in_json, plain, printable
from ..messages import text
from ..messages.figures import day
from ..messages.language import current
from ..packs.judged import UNKNOWN_NUMBER, unjudged
from . import wording
from .cells import markdown
from .duties import confidence
from .duty_page import expected, record_line, sections
from .duty_words import deadline

if TYPE_CHECKING:
    from ..packs.model import Duty, Instrument, Rulebook


# A link that Markdown cannot end before its end.
_LINK = re.compile(r"https?://[^\s<>]+")


def pages(rulebook: Rulebook) -> dict[str, str]:
    """The files of the book, by their path in its folder."""
    book = {f"duties/{duty.id}.md": _page(duty, rulebook) for duty in rulebook.duties}
    book["coverage.md"] = _coverage(rulebook)
    return book


def _page(duty: Duty, rulebook: Rulebook) -> str:
    out = [text("book.generated"), "", f"# {duty.id} {markdown(duty.title.in_language(current()))}", ""]
    for section in sections(duty, rulebook):
        if section.title == text("page.examples"):
            out += [f"## {section.title}", "", *_examples(duty)]
            continue
        out += [f"## {section.title}", ""]
        for fact in section.facts:
            if fact.exact:
                out += ["", *_fenced("text", fact.lines), ""]
                continue
            first, *more = fact.lines
            out.append(f"- **{fact.label}:** {_linked(first)}")
            out += [f"  - {_linked(line)}" for line in more]
        if out[-1]:
            out.append("")
    return "\n".join(out).rstrip() + "\n"


def _linked(line: str) -> str:
    return f"<{line}>" if _LINK.fullmatch(line) and line == plain(line) else markdown(line)


def _fenced(language: str, lines: Iterable[str]) -> list[str]:
    """The lines as they are, in a fence that none of them can close."""
    shown = [plain(line) for line in lines]
    fence = "`" * (1 + max([2, *(len(run) for line in shown for run in re.findall("`+", line))]))
    return [f"{fence}{language}", *shown, fence]


def _examples(duty: Duty) -> Iterator[str]:
    for example in duty.examples:
        yield f"### {markdown(example.name[:1].upper() + example.name[1:])}"
        yield ""
        yield text(
            "book.expected",
            as_of=markdown(day(example.as_of)),
            expected=markdown(expected(example)),
        )
        if example.counted:
            yield text("page.counted", counted=markdown(example.counted))
        yield ""
        yield from _fenced("json", (in_json(record_line(event)) for event in example.events))
        yield ""


def standing(duty: Duty) -> str:
    """Whether the duty is judged, and if not, why."""
    if duty.checkable is not None:
        return text("book.not_checkable")
    if unjudged(duty) == UNKNOWN_NUMBER:
        return text("book.unknown")
    if all(v.confidence == "unverified" and v.presumption is None for v in duty.versions):
        return text("book.advisory")
    return text("book.judged")


def _coverage(rulebook: Rulebook) -> str:
    out = [text("book.generated"), "", f"# {text('book.title')}", "", text("book.intro"), ""]
    out += _figures(rulebook)
    out += [f"## {text('book.instruments')}", ""]
    by_instrument: dict[str, dict[str, Duty]] = defaultdict(dict)
    for duty in rulebook.duties:
        for version in duty.versions:
            by_instrument[version.instrument][duty.id] = duty
    for instrument in rulebook.instruments:
        if instrument.id in by_instrument:
            out += _instrument(instrument, list(by_instrument[instrument.id].values()))
    out += _unjudged(rulebook)
    return "\n".join(out).rstrip() + "\n"


def _figures(rulebook: Rulebook) -> Iterator[str]:
    kinds = [text(f"book.{kind}") for kind in ("judged", "advisory", "unknown", "not_checkable")]
    yield _row(text("book.pack"), text("book.duties"), *kinds, text("rules.examples"))
    yield "|" + " --- |" * (len(kinds) + 3)
    for info in rulebook.packs:
        own = [d for d in rulebook.duties if rulebook.pack_of[d.id] == info.id]
        counts = [sum(standing(d) == kind for d in own) for kind in kinds]
        yield _row(
            markdown(info.id), str(len(own)), *map(str, counts), str(sum(len(d.examples) for d in own))
        )
    yield ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _instrument(instrument: Instrument, duties: list[Duty]) -> Iterator[str]:
    open_end = text("explain.version.open")
    number = f" ({instrument.number})" if instrument.number else ""
    yield f"### {markdown(instrument.title.in_language(current()) + number)}"
    yield ""
    yield text(
        "book.in_force",
        # Stands in backticks, where nothing is escaped.
        id=printable(instrument.id).replace("`", "'"),
        from_=day(instrument.from_ or open_end),
        to=day(instrument.to or open_end),
        confidence=wording.confidence(instrument.confidence),
    ) + (text("page.replaced_by", id=markdown(instrument.replaced_by)) if instrument.replaced_by else "")
    yield ""
    yield _row(*(text(f"rules.{c}") for c in ("law", "id", "title", "deadline", "confidence", "examples")))
    yield "|" + " --- |" * 6
    for duty in sorted(duties, key=lambda d: d.id):
        provision = next(
            (v.provision for v in duty.versions if v.instrument == instrument.id and v.provision), None
        )
        yield _row(
            markdown(provision or duty.legal_basis.provision or ""),
            f"[{duty.id}](duties/{duty.id}.md)",
            markdown(duty.title.in_language(current())),
            markdown(deadline(duty)),
            wording.confidence(confidence(duty)),
            str(len(duty.examples)),
        )
    yield ""


def _unjudged(rulebook: Rulebook) -> Iterator[str]:
    yield f"## {text('book.unjudged')}"
    yield ""
    for duty in rulebook.duties:
        if duty.checkable is not None:
            why = duty.checkable.no
        elif unjudged(duty) == UNKNOWN_NUMBER:
            why = text("page.unknown")
        else:
            continue
        title = markdown(duty.title.in_language(current()))
        yield f"- [{duty.id}](duties/{duty.id}.md) {title}: {markdown(why)}"
    yield ""
