"""Every text is translated, as it stands today, with its values, forms and marks; nothing is left over."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel import Locale

from transparency_check.messages import lint, problems, validation
from transparency_check.messages.en import TEXTS
from transparency_check.messages.script import latin
from transparency_check.messages.translations import read as read_compiled

from .catalogue import (
    COMPILED,
    FOLDER,
    FORMS,
    PACKAGE,
    SOURCES,
    Catalogue,
    Message,
    compiled,
    messages,
    read,
    source,
)

LANGUAGES = sorted(SOURCES)
ALL = messages()
# The same in every language, although there are letters in them: names of keys.
NEUTRAL = {
    "error.plan.value", "config.coverage.period", "metavar.id", "metavar.url", "due: {error}", "an any of",
}  # fmt: skip
# A mark at the end that one language has and English has not.
OTHER_END = {
    ("sr", "day.number"),
    ("sr", "Did you mean {possibility}?"),
    ("sq", "Did you mean {possibility}?"),
}
# The word for the kind of number is English, and only whole numbers are asked for.
WITHOUT = {"{value!r} is not a valid {number_type}.": {"number_type"}}
# Words in Latin letters that stand in the Cyrillic source without a mark: formats, programs, what is typed.
TYPED = frozenset(
    re.findall(
        r"\S+",
        """
        CSV JSON JSONL XLSX ODS XML YAML TOML Markdown Parquet Python GitHub UTC UTF-8 UTF-16 Windows-1250
        XES OCEL SQLite sql log draft Java Spark spark local
        Windows-1251 RFC NUL ID KB MB MTG Z T T0 T00 T10 T14 T23 U a b d w m n en sq sr-Latn sr-Cyrl po
        jo da ne true false True False csv json jsonl sheet parquet table yaml xls xlsx ods zstd unzstd
        pip install kosovo explain rules test lint pages show select pack severity off advisory
        violation undetermined never unverified municipality event obligation trigger count calendar
        standing must deadline take last present type time note related retracted events outcome due
        commitment message judge clear before after by reading roll as-of any_of period session
        consultation act request
        ordinary urgent report check GB ud800 udfff
        CRLF LF error warning SVG year quarter month
        integer choice flag dict Row Problem hookimpl id to on o
        baseline create update compare upcoming counts yes no ics
        remind validate LOG chmod STARTTLS ssl none starttls URL apprise vv office kB
        record register init verify ID TEXT URL PostgreSQL SQLAlchemy psycopg createdb A Krasniqi
        serve TLS https reader recorder admin Lines A4 waive
        None records write mapping test yyyy MM dd HH mm hh a T YAML events ignore
        """,
    )
)


@cache
def catalogue(language: str) -> Catalogue:
    return read(language)


def translated(language: str) -> Iterator[tuple[Message, str, str]]:
    """Each form of each translation with the English text that it stands for."""
    for message in ALL:
        forms = catalogue(language).forms(message)
        for number, form in enumerate(forms):
            plural = message.plural is not None and number > 0
            yield message, (message.plural or "") if plural else message.english, form


def fields(text: str) -> set[str]:
    """The values that a text asks for, each with its conversion and format: ``name!r``, ``n:.1f``."""
    found = set()
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is not None:
            found.add(name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else ""))
    return found


def words(text: str) -> str:
    """A text without its values and without what stands in backquotes."""
    return re.sub(r"`[^`]*`|\{[^{}]*\}", " ", text.replace("{{", "").replace("}}", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    missing = [m.name for m in ALL if not catalogue(language).forms(m)]
    assert missing == [], "run `make messages`, then translate these (docs/internals/languages.md)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_of_a_text_that_is_gone(language: str) -> None:
    wanted = {m.key for m in ALL}
    assert [k for k in catalogue(language).entries if k not in wanted] == [], "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_stale(language: str) -> None:
    fuzzy = [m.name for m in ALL if (e := catalogue(language).entries.get(m.key)) is not None and e.fuzzy]
    assert fuzzy == [], "the English text was changed: compare, then delete the line `#, fuzzy`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_written_as_the_command_writes_them(language: str) -> None:
    written = (FOLDER / SOURCES[language]).read_bytes()
    assert written == source(language, catalogue(language).updated()), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_those_of_the_english_text(language: str) -> None:
    wrong = {}
    for message, english, form in translated(language):
        expected = fields(english) - WITHOUT.get(message.english, set())
        # A singular may be the form of 21, too, so that it states the number where the plural does.
        if fields(form) not in (expected, fields(message.english), fields(message.plural or english)) and (
            fields(form) != expected
        ):
            wrong[message.name] = form
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_forms_as_the_language_has(language: str) -> None:
    for message in ALL:
        forms = catalogue(language).forms(message)
        assert len(forms) == (1 if message.plural is None else FORMS[language]), message.name


def end(text: str) -> str:
    """The mark at the end of a text, if there is one."""
    last = text.rstrip()[-1:]
    return last if last in ".?:;" else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stand_where_they_do_in_english(language: str) -> None:
    wrong = []
    for message, english, form in translated(language):
        alike = (
            form.count("`") == english.count("`")
            and all(form.count(opening) == form.count(closing) for opening, closing in ("()", "[]", "{}"))
            and (form[:1] == " ", form[-1:] == " ") == (english[:1] == " ", english[-1:] == " ")
            and form.count("\n") == english.count("\n")
            and "  " not in form
            and (end(form) == end(english) or (language, message.name) in OTHER_END)
        )
        if not alike:
            wrong.append((message.name, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    left = [
        message.name
        for message, english, form in translated(language)
        if form == english and message.name not in NEUTRAL and re.search("[A-Za-z]{2}", words(english))
    ]
    assert left == []


def test_serbian_is_written_in_cyrillic_but_for_what_is_typed() -> None:
    left: dict[str, list[str]] = {}
    for message, english, form in translated("sr"):
        for run in re.findall(r"[A-Za-z][A-Za-z0-9_./:\[\]<>#=-]*", words(form)):
            word = run.rstrip(".:-")
            # A file, an option, a code: as it is in English.
            alike = word in english and re.search(r"[-./_=:\[\]<>#]", word)
            if word not in TYPED and not alike and f"--{word}" not in english:
                left.setdefault(message.name, []).append(word)
    assert left == {}


def test_albanian_has_no_cyrillic_letter_and_latin_serbian_none_left() -> None:
    assert [m.name for m, _, form in translated("sq") if re.search("[\u0400-\u04ff]", form)] == []
    assert [m.name for m, _, form in translated("sr") if re.search("[\u0400-\u04ff]", latin(form))] == []


@pytest.mark.parametrize("folder", sorted(COMPILED))
def test_what_is_compiled_is_what_is_written(folder: str) -> None:
    """Compared text by text: another version of the compiler may write another head."""
    tag = {"sq": "sq", "sr": "sr-Cyrl", "sr@latin": "sr-Latn"}[folder]
    language, turn = COMPILED[folder]
    found = read_compiled(tag)
    wrong = []
    for message in ALL:
        forms = catalogue(language).forms(message)
        numbers = {"sq": (1, 2), "sr": (1, 2, 5)}[language] if message.plural is not None else (None,)
        # What is not translated is told by another test.
        for form, n in zip(forms, numbers, strict=bool(forms)):
            entry = message.english if message.plural is None else (message.english, message.plural)
            if found._template(message.context, entry, n) != turn(form):
                wrong.append(message.name)
    assert wrong == [], "run `make messages`"
    now = GNUTranslations(BytesIO(compiled(folder)))
    assert found._catalogue._catalog.keys() == now._catalog.keys()  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    """CLDR says them, also for broken numbers."""
    rule = Locale.parse(language).plural_form
    categories = {"sq": ("one", "other"), "sr": ("one", "few", "other")}[language]
    found = read_compiled({"sq": "sq", "sr": "sr-Cyrl"}[language])
    forms = catalogue(language).forms(next(m for m in ALL if m.context == "report.input"))
    for n in [*range(1200), 0.5, 1.5, 2.2, 0.21, 0.11, 3.04, 0.31]:
        said = found._template("report.input", TEXTS["report.input"], n)
        assert said == forms[categories.index(rule(n))] or (said in forms and forms.count(said) > 1), n


# -- the texts, and the code that asks for them --------------------------------------------------------------


def constants() -> tuple[set[str], list[re.Pattern[str]]]:
    """All words of the code outside the catalogues, and the codes that it puts together, as patterns."""
    said: set[str] = set()
    pieced, ends = set(), set()
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name == "messages" and path.name in OF_TEXTS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.update((node.value, *node.value.split()))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else GAP for v in node.values]
                # A code with a gap behind its beginning, or one to which an end is put: f"{code}.read".
                if re.match(r"[a-z_]+(\\\.|_)", parts[0]):
                    pieced.add("".join(parts))
                elif parts[0] == GAP and len(parts) == 2 and parts[1].startswith(r"\."):
                    ends.add(parts[1])
    pieced.update(
        re.escape(code) + end for code in said if re.fullmatch(r"[a-z]+\.[a-z._]+", code) for end in ends
    )
    return said, [re.compile(p) for p in pieced]


GAP = r"[A-Za-z0-9_.-]+"
OF_TEXTS = ("en.py", "problems.py", "lint.py", "validation.py")


def test_every_text_is_asked_for() -> None:
    said, pieced = constants()
    codes = [*TEXTS, *problems.ERRORS, *problems.WARNINGS, *problems._WHY]
    codes += [*validation.ERRORS, *validation.WARNINGS, *validation.NOTES]
    unused = [c for c in codes if c not in said and not any(p.fullmatch(c) for p in pieced)]
    unused += [c for c in lint.ERRORS | lint.WARNINGS if c not in said and c.partition(".")[0] not in said]
    assert unused == []


def test_a_text_in_place_is_a_constant_or_was_marked_as_one() -> None:
    """Else it would be in no catalogue."""
    others = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        marked = {
            target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and "later(" in ast.unparse(node.value)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                first = node.args[0]
                names = {n.id for n in ast.walk(first) if isinstance(n, ast.Name)}
                if not isinstance(first, ast.Constant) and not names & (marked | PASSED):
                    others[f"{path.name}:{node.lineno}"] = ast.unparse(first)
    assert others == {}


# Names of variables that hold a text which was marked where it was put into them.
PASSED = {"kind", "known"}


def test_no_sentence_stands_in_the_code_without_being_translated() -> None:
    """Sentences for people are given to ``text`` or ``phrase``: what looks like one elsewhere is listed."""
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}:{line}": said
        for path in sorted(PACKAGE.rglob("*.py"))
        if "messages" not in path.parts and path.name not in WRITTEN_IN_ENGLISH
        for line, said in sentences(ast.parse(path.read_text("utf-8")))
    }
    assert found == {}


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What looks like a sentence, with its line; not docstrings, and not what is translated."""
    spared: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            spared.add(id(body[0].value))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("phrase", "later", "text"):
            spared.update(map(id, node.args))
        if isinstance(node, ast.JoinedStr):
            spared.update(map(id, node.values))
        if isinstance(node, ast.Raise) and node.exc is not None:
            name = ast.unparse(node.exc).partition("(")[0]
            if name in PROGRAMMERS:
                spared.update(map(id, ast.walk(node)))
        if isinstance(node, ast.Assert) and node.msg is not None:
            spared.update(map(id, ast.walk(node.msg)))
    for node in ast.walk(tree):
        if id(node) in spared:
            continue
        if isinstance(node, ast.JoinedStr):
            said = "".join(v.value if isinstance(v, ast.Constant) else "X" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        else:
            continue
        if re.search(r"[a-z]{3,},? [a-z]{2,} [a-z]{2,}", said) and not ELSEWHERE.search(said):
            yield node.lineno, said


# Raised by mistakes of programmers, never by an input.
PROGRAMMERS = {"AttributeError", "ValueError", "RuntimeError", "TypeError"}
# SQL, types, what libraries say, and what is told to nobody.
ELSEWHERE = re.compile(
    r"SELECT|FROM|WHERE|CREATE|INSERT|CASE WHEN|JOIN|VARCHAR|import json|\(\?:|list of (choice|text)|"
    r"mapping values are not|cannot start any token|nobody waits|Show this message|late or violated|"
    r"X lies outside"
)
# What writes files in English whoever runs it, packs and schemas; and what is said to programmers outside of
# the program.
WRITTEN_IN_ENGLISH = {
    "reserved.py", "scaffold.py", "feasts.py", "schema.py", "event_schema.py", "office_schemas.py",
    "worker.py", "compile.py", "testing.py",
    # What OpenAPI says of the interface for programs.
    "answers.py", "described.py", "entries.py",
}  # fmt: skip
