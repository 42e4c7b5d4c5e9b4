"""All texts of the program, and the catalogues of their translations: read, brought up to date, compiled.

``python -m languages`` (``make messages``) does the latter; the tests say what is missing.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Translated
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import transparency_check
from transparency_check.messages import lint, problems, validation
from transparency_check.messages.en import TEXTS
from transparency_check.messages.locale import FOLDER
from transparency_check.messages.script import latin

PACKAGE = Path(transparency_check.__file__).parent
SOURCES = {"sq": "sq.po", "sr": "sr.po"}
PLURALS = {
    "sq": "nplurals=2; plural=(n != 1);",
    "sr": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}
FORMS = {"sq": 2, "sr": 3}
# Each folder that is read at run time: its source, and what becomes of a text.
COMPILED = {"sq": ("sq", str), "sr": ("sr", str), "sr@latin": ("sr", latin)}
DOMAIN = "transparency-check"
# The functions that take an English text as it stands.
_IN_PLACE = frozenset({"phrase", "later"})
# click: the modules whose texts a user of this program can meet, and of these what only programmers, prompts
# and deprecated commands bring up.
_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_CLICK_UNMET = (
    "Aborted!", "deprecated", "DeprecationWarning", "Value must be an iterable", "Could not determine name",
    "No options defined", "env var", "Arguments take exactly one", "(dynamic)", "Name '{name}' defined twice",
    "Boolean option", "Do you want to continue", "Confirm the action", "%(prog)s", "Show the version",
    "Error: {message}", "Try '{command}", "unknown error", "Could not open file", "Invalid start character",
    "Choose from", "Choice({choices})", "does not match the format", "is not a valid UUID", "No such command",
    "Missing command", "values are required", "Positional arguments", "Missing parameter",
    "Missing {param_type}",
    "Takes {nargs}", "{name} {filename!r}", "takes {nargs} values", "directory", "path", "file",
    "is not a valid boolean",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be translated. ``context`` is its code; None for one that stands where it is said."""

    context: str | None
    english: str
    plural: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return self.english if self.plural is None else (self.english, self.plural)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.english

    @property
    def name(self) -> str:
        """How a test calls it."""
        return self.context or self.english


def messages() -> list[Message]:
    """All texts of the program, each once, in the order of the catalogues."""
    found: dict[tuple[str | None, str], Message] = {}
    for message in (*_coded(), *_in_place(), *_of_click()):
        # An empty text is the same in every language.
        if message.english:
            found.setdefault(message.key, message)
    return list(found.values())


def _coded() -> Iterator[Message]:
    for code, entry in TEXTS.items():
        yield Message(code, *entry) if isinstance(entry, tuple) else Message(code, entry)
    yield Message("problem.rests", problems._RESTS)
    for code, english in (problems.ERRORS | problems.WARNINGS).items():
        yield Message(f"problem.{code}", english)
    for code, english in problems._WHY.items():
        yield Message(f"problem.why.{code}", english)
    for code, english in (validation.ERRORS | validation.WARNINGS | validation.NOTES).items():
        yield Message(f"validation.{code}", english)
    for code, english in (lint.ERRORS | lint.WARNINGS).items():
        yield Message(f"lint.{code}", english)


def _in_place() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in _calls(ast.parse(path.read_text("utf-8"))):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if name in _IN_PLACE and call.args and isinstance(call.args[0], ast.Constant):
                yield Message(None, call.args[0].value)


def _of_click() -> Iterator[Message]:
    for name in _CLICK:
        module = getattr(click, name)
        for call in _calls(ast.parse(inspect.getsource(module))):
            function = call.func.id if isinstance(call.func, ast.Name) else ""
            texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if not texts or any(
                texts[0].startswith(p) or (len(p) > 9 and p in texts[0]) for p in _CLICK_UNMET
            ):
                continue
            if function == "_":
                yield Message(None, texts[0])
            elif function == "ngettext":
                yield Message(None, *texts[:2])
    yield Message(None, "required")


def _unmet(text: str, part: str) -> bool:
    return text.startswith(part) or (len(part) > 9 and part in text)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def read(language: str) -> Catalogue:
    """The source of a language as it stands."""
    path = FOLDER / SOURCES[language]
    if not path.exists():
        return Catalogue(language, Catalog(locale=language))
    with path.open("rb") as stream:
        return Catalogue(language, read_po(stream, locale=language))


class Catalogue:
    """The translations of one source."""

    def __init__(self, language: str, catalog: Catalog) -> None:
        self.language = language
        self.entries: dict[tuple[str | None, str], Translated] = {
            (m.context, m.id[0] if isinstance(m.id, tuple) else m.id): m for m in catalog if m.id
        }

    def forms(self, message: Message) -> tuple[str, ...]:
        """The translation in all its forms; empty where there is none, or one of what was said before."""
        entry = self.entries.get(message.key)
        if entry is None or entry.fuzzy:
            return ()
        return _forms(entry)

    def updated(self) -> Catalog:
        """The catalogue with all texts of the program and no others. A text whose English was changed keeps
        its translation, marked as fuzzy: it is not used until somebody has compared the two.
        """
        by_context = {context: m for (context, _), m in self.entries.items() if context}
        new = Catalog(locale=self.language, fuzzy=False)
        for message in messages():
            entry = self.entries.get(message.key)
            stale = entry is None and (entry := by_context.get(message.context or "")) is not None
            forms = () if entry is None else _forms(entry)
            wanted = 1 if message.plural is None else FORMS[self.language]
            forms = tuple(forms[:wanted]) + ("",) * (wanted - len(forms))
            flags = {"fuzzy"} if any(forms) and (stale or (entry is not None and entry.fuzzy)) else set()
            string = forms[0] if message.plural is None else forms
            new.add(message.id, string, context=message.context, flags=flags)
        return new


def _forms(entry: Translated) -> tuple[str, ...]:
    forms = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    return tuple(forms) if all(forms) else ()


def source(language: str, catalog: Catalog) -> bytes:
    """A catalogue as it is written: without dates, so that only texts change it."""
    out = BytesIO()
    write_po(out, catalog, width=110, omit_header=True)
    head = (
        f"# Translations of transparency-check ({language}). How to translate: docs/internals/languages.md\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def compiled(folder: str) -> bytes:
    """What is read at run time, from the source of today."""
    language, turn = COMPILED[folder]
    long_ago = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    made = Catalog(locale=language, creation_date=long_ago, revision_date=long_ago, fuzzy=False)
    found = read(language)
    for message in messages():
        if forms := found.forms(message):
            turned = tuple(map(turn, forms))
            made.add(message.id, turned[0] if message.plural is None else turned, context=message.context)
    out = BytesIO()
    write_mo(out, made)
    return out.getvalue()


def place(folder: str) -> Path:
    """Where the compiled catalogue of a folder stands."""
    return FOLDER / folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
