"""The empty register: a workbook that asks for what the vocabulary knows, in the language that is spoken."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..messages import text
from ..messages.language import ENGLISH, current
from ..packs.model import Text
from ..packs.reads import fields, selectors
from ..readers.sheet import UNREAD
from ..reserved import COLUMNS
from ..times import FIRST_YEAR, LAST_YEAR
from .titles import title

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ..packs.model import Attribute, EventType, Rulebook, Vocabulary

# Rows that are laid out for being filled in.
ROWS = 500
COVERAGE_ROWS = 60
_FIRST = ("type", "time", "municipality", "case")
_LAST = ("related", "source", "note", "recorded_at", "retracted", "id")
_COVERAGE = ("type", "time", "municipality")
Cells = Mapping[str, str | int | dt.date]
# Kept by the file, not shown: no clock is read.
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_DAY = "dd.mm.yyyy"
_MOMENT = "dd.mm.yyyy hh:mm"
# What a spreadsheet program shows of a title and of a text beside a cell.
_TITLE, _TEXT = 32, 255
_HELP_WIDTH = 50
_COMMAND = " ".join(("transparency-check", "check", "register.xlsx", "--as-of", "2026-12-31"))
_BLUE, _PALE, _YELLOW, _GREY = "#1F4E78", "#DDEBF7", "#FFF2CC", "#EDEDED"


class Field(NamedTuple):
    """A column of the register: ``type`` is that of an attribute, ``values`` are those to choose from."""

    name: str
    header: str
    type: str
    note: str
    values: tuple[str, ...]


def workbook(
    book: Rulebook,
    municipality: str | None = None,
    filled: Sequence[Cells] = (),
    covered: Sequence[Cells] = (),
) -> bytes:
    """An XLSX workbook with a register under the rulebook. ``municipality`` is the id of the one that is
    filled in by itself; it is in the language that is spoken. ``filled`` are its first rows, and ``covered``
    those of the coverage: cells by the names of their columns, as a person would write them.
    """
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as out:
        out.set_properties({"title": text("template.sheet.register"), "created": _MADE})
        _Register(out, book, municipality).write(filled, covered)
    return made.getvalue()


def columns(book: Rulebook) -> list[str]:
    """The columns of the register, those first that duties ask for most."""
    vocabulary = book.vocabulary
    asked = Counter(
        name
        for duty in book.duties
        for selector in selectors(duty)
        for name in {*fields(selector.where), *vocabulary.events[selector.event].required}
    )
    carried = {name for key, event in _events(vocabulary) for name in _carried(event)}
    attributes = [name for name in vocabulary.attributes if name in carried]
    # What an office vouches for is for those who know the duties; it stands behind all others.
    attributes.sort(key=lambda name: (name == vocabulary.attestation, -asked[name]))
    return [*_FIRST, *attributes, *_LAST]


def _events(vocabulary: Vocabulary) -> Iterator[tuple[str, EventType]]:
    """The events of the register: coverage has a sheet of its own."""
    declaring = vocabulary.coverage.event if vocabulary.coverage else None
    yield from ((name, event) for name, event in vocabulary.events.items() if name != declaring)


def _carried(event: EventType) -> list[str]:
    return list(dict.fromkeys([*event.required, *event.attributes]))


class _Register:
    """Writes one workbook."""

    def __init__(self, out: Workbook, book: Rulebook, municipality: str | None) -> None:
        self.out, self.book = out, book
        self.vocabulary = book.vocabulary
        places = {m.id: title(m.title) if m.title else m.names[0] for m in book.municipalities}
        self.municipality = None if municipality is None else places[municipality]
        self.places = tuple(sorted(dict.fromkeys(places.values())))
        self.events = {name: title(e.title) for name, e in _events(self.vocabulary)}
        self.register = out.add_worksheet(text("template.sheet.register"))
        self.coverage = out.add_worksheet(text("template.sheet.coverage"))
        self.help = out.add_worksheet(text("template.sheet.help"))
        self.lists = out.add_worksheet("lists")
        self.lists.hide()
        self._listed: dict[tuple[str, ...], str] = {}
        plain = {"valign": "top", "text_wrap": True}
        head = {"bold": True, "border": 1, **plain}
        self.formats = {
            "first": out.add_format({**head, "bg_color": _BLUE, "font_color": "#FFFFFF"}),
            "head": out.add_format({**head, "bg_color": _PALE}),
            "text": out.add_format({"num_format": "@"}),
            "day": out.add_format({"num_format": _DAY}),
            "moment": out.add_format({"num_format": _MOMENT}),
            "needed": out.add_format({"bg_color": _YELLOW}),
            "foreign": out.add_format({"bg_color": _GREY}),
            "title": out.add_format({"bold": True, "font_size": 14}),
            "wrapped": out.add_format(plain),
            "mark": out.add_format({"font_color": "#A6A6A6", "font_size": 8}),
        }

    def write(self, filled: Sequence[Cells], covered: Sequence[Cells]) -> None:
        fields = [self._field(name) for name in columns(self.book)]
        self._table(self.register, fields, 0, ROWS)
        self._fill(self.register, fields, 1, filled)
        self._shades(fields)
        self.register.freeze_panes(1, len(_FIRST))
        self.register.autofilter(0, 0, ROWS, len(fields) - 1)
        self._write_coverage(covered)
        self._write_help(fields)
        self.register.set_landscape()
        self.register.activate()

    def _field(self, name: str) -> Field:
        if name in COLUMNS:
            kinds = {"time": "date-time", "recorded_at": "date-time", "retracted": "flag"}
            values = {"type": tuple(self.events.values()), "municipality": self.places}.get(name, ())
            kind = kinds.get(name, "choice" if values else "text")
            note = text(f"template.column.{name}")
        else:
            attribute = self.vocabulary.attributes[name]
            kind, meaning = attribute.type, attribute.meaning
            said = title(meaning) if isinstance(meaning, Text) else meaning if current() == ENGLISH else None
            # Of duties it takes any number of ids; there are too many to choose from.
            fill = _fill(kind if name != self.vocabulary.attestation else "list of text", attribute)
            note = " ".join(dict.fromkeys(filter(None, (_sentence(said), *fill))))
            words = (attribute.title_of(value) for value in attribute.values)
            values = tuple(title(w) if w else v for w, v in zip(words, attribute.values, strict=True))
            if name == self.vocabulary.attestation:
                values = ()
        if kind == "flag":
            values = (text("template.yes"), text("template.no"))
        return Field(name, self._header(name), kind, note, values)

    def _header(self, name: str) -> str:
        if name in COLUMNS:
            return _capital(title(COLUMNS[name]))
        said = self.vocabulary.attributes[name].title
        return _capital(title(said)) if said else name

    def _table(self, sheet: Worksheet, fields: Sequence[Field], top: int, rows: int) -> None:
        """A row of headers at ``top``, and cells below it that take what belongs there."""
        for n, field in enumerate(fields):
            place = _letters(n)
            moment = field.type == "date-time"
            sheet.set_column(n, n, _width(field), self.formats["day" if moment else "text"])
            if field.type in ("integer", "flag"):
                sheet.set_column(n, n, _width(field))
            sheet.write_string(top, n, field.header, self.formats["first" if n < len(_FIRST) else "head"])
            sheet.write_comment(top, n, field.note, {"x_scale": 2, "y_scale": 1.2, "author": ""})
            first, last = top + 1, top + rows
            sheet.data_validation(first, n, last, n, self._validation(field))
            if moment:
                # The time of day is shown where there is one: a day is never taken for its midnight.
                rule = {
                    "type": "formula",
                    "criteria": f"=AND(ISNUMBER({place}{first + 1}),MOD({place}{first + 1},1)>0)",
                }
                sheet.conditional_format(first, n, last, n, {**rule, "format": self.formats["moment"]})
            if field.name == "municipality" and self.municipality is not None:
                for row in range(first, last + 1):
                    name = self.municipality.replace('"', '""')
                    sheet.write_formula(row, n, f'=IF(A{row + 1}="","","{name}")', self.formats["text"], "")
        sheet.set_row(top, 48)

    def _validation(self, field: Field) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "input_title": field.header[:_TITLE],
            "input_message": _cut(field.note),
            "error_title": field.header[:_TITLE],
        }
        match field.type:
            case "choice" | "flag" if field.values:
                source = self._list(field.values)
                return {
                    "validate": "list",
                    "source": source,
                    "error_message": text("template.error.list"),
                    **shown,
                }
            case "list of choice" if field.values:
                # A list to choose from, which also takes several values with ; between them.
                return {"validate": "list", "source": self._list(field.values), "show_error": False, **shown}
            case "integer":
                rule = {"validate": "integer", "criteria": ">=", "value": 0}
                return {**rule, "error_message": text("template.error.integer"), **shown}
            case "date-time":
                rule = {"validate": "date", "criteria": "between"}
                span = {"minimum": dt.date(FIRST_YEAR, 1, 1), "maximum": dt.date(LAST_YEAR, 12, 31)}
                return {**rule, **span, "error_message": text("template.error.date"), **shown}
            case "interval":
                rule = {"validate": "length", "criteria": "==", "value": 21}
                return {**rule, "error_message": text("template.error.interval"), **shown}
            case _:
                return {"validate": "any", **shown}

    def _list(self, values: tuple[str, ...]) -> str:
        """Where a list stands on the hidden sheet; each is written once."""
        if values not in self._listed:
            n = len(self._listed)
            self.lists.write_column(0, n, values)
            letters = _letters(n)
            self._listed[values] = f"=lists!${letters}$1:${letters}${len(values)}"
        return self._listed[values]

    def _shades(self, fields: Sequence[Field]) -> None:
        """Cells that the event of their row needs, and those that it does not have."""
        for n, field in enumerate(fields):
            if field.name in COLUMNS:
                continue
            carrying = {
                k: e for k, e in _events(self.vocabulary) if field.name in (*_carried(e), *_inherited(e))
            }
            needing = tuple(self.events[k] for k, e in carrying.items() if field.name in e.required)
            place = f"{_letters(n)}2"
            if needing:
                test = f'=AND($A2<>"",{place}="",COUNTIF({self._list(needing)[1:]},$A2)>0)'
                self._shade(n, test, "needed")
            listed = self._list(tuple(self.events[k] for k in carrying))[1:]
            self._shade(n, f'=AND($A2<>"",COUNTIF({listed},$A2)=0)', "foreign")

    def _shade(self, n: int, test: str, name: str) -> None:
        rule = {"type": "formula", "criteria": test, "format": self.formats[name]}
        self.register.conditional_format(1, n, ROWS, n, rule)

    def _fill(self, sheet: Worksheet, fields: Sequence[Field], top: int, rows: Sequence[Cells]) -> None:
        for row, cells in enumerate(rows, start=top):
            for n, field in enumerate(fields):
                value = cells.get(field.name)
                if isinstance(value, dt.date):
                    timed = isinstance(value, dt.datetime)
                    sheet.write_datetime(row, n, value, self.formats["moment" if timed else "day"])
                elif isinstance(value, str):
                    sheet.write_string(row, n, value, self.formats["text"])
                elif value is not None:
                    sheet.write_number(row, n, value)

    def _write_coverage(self, covered: Sequence[Cells]) -> None:
        sheet, vocabulary = self.coverage, self.vocabulary
        if vocabulary.coverage is None:
            sheet.hide()
            return
        for row in range(4):
            sheet.merge_range(row, 0, row, 6, text(f"template.coverage.{row + 1}"), self.formats["wrapped"])
            sheet.set_row(row, 32)
        declared = title(vocabulary.events[vocabulary.coverage.event].title)
        period, families = vocabulary.coverage.period, vocabulary.coverage.families
        words = vocabulary.families
        groups = tuple(title(words[name]) if name in words else name for name in vocabulary.family_words())
        fields = [self._field(name) for name in (*_COVERAGE, period, families, "source", "note")]
        fields[0] = fields[0]._replace(values=(declared,))
        fields[4] = fields[4]._replace(type="list of choice", values=groups)
        self._table(sheet, fields, 4, COVERAGE_ROWS)
        for row in range(5, 5 + COVERAGE_ROWS):
            formula = f'=IF(D{row + 1}="","","{declared}")'
            sheet.write_formula(row, 0, formula, self.formats["text"], "")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self._fill(sheet, fields, 5, covered)
        sheet.freeze_panes(5, 0)

    def _write_help(self, fields: Sequence[Field]) -> None:
        sheet, formats = self.help, self.formats
        sheet.set_column(0, 3, _HELP_WIDTH, formats["wrapped"])
        sheet.write_string(0, 0, UNREAD, formats["mark"])
        sheet.write_string(1, 0, text("template.help.title"), formats["title"])
        retracted, coverage = self._header("retracted"), text("template.sheet.coverage")
        row = 2
        for n in range(1, 11):
            said = text(f"template.help.{n}", retracted=retracted, coverage=coverage, command=_COMMAND)
            sheet.merge_range(row, 0, row, 3, f"{n}. {said}", formats["wrapped"])
            sheet.set_row(row, 30)
            row += 1
        row += 1
        heads = ("event", "needs", "may", "family")
        sheet.write_row(row, 0, [text(f"template.help.{head}") for head in heads], formats["head"])
        words = self.vocabulary.families
        for name, event in _events(self.vocabulary):
            row += 1
            family = name.partition(".")[0]
            may = [a for a in (*_carried(event), *_inherited(event)) if a not in event.required]
            cells = (
                self.events[name],
                self._headers(event.required),
                self._headers(may),
                title(words[family]) if family in words else family,
            )
            self._wrapped(row, cells)
        row += 2
        described = ("column", "meaning", "values")
        sheet.write_row(row, 0, [text(f"template.help.{head}") for head in described], formats["head"])
        for field in fields:
            row += 1
            # The events have their own list above.
            values = "" if field.name == "type" else "; ".join(field.values)
            self._wrapped(row, (field.header, field.note, values))
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()

    def _wrapped(self, row: int, cells: Sequence[str]) -> None:
        """A row of the help, as high as its longest cell: not every program makes it so by itself."""
        self.help.write_row(row, 0, cells, self.formats["wrapped"])
        self.help.set_row(row, 15 * max(1 + len(cell) // _HELP_WIDTH for cell in cells))

    def _headers(self, names: Sequence[str]) -> str:
        shown = dict.fromkeys(name for name in names if name != self.vocabulary.attestation)
        return ", ".join(self._header(name) for name in shown)


def _inherited(event: EventType) -> list[str]:
    return list(event.inherits.attributes) if event.inherits else []


def _fill(kind: str, attribute: Attribute) -> tuple[str, ...]:
    """How a cell is filled in, and what an empty one counts as where the vocabulary says it."""
    said, absent = text(f"template.fill.{kind.replace(' ', '_')}"), attribute.absent
    if absent is None:
        return (said,)
    if isinstance(absent, bool):
        counts_as = text("template.yes" if absent else "template.no")
        return text("template.fill.flag.absent"), text("template.empty", value=counts_as)
    word = attribute.title_of(str(absent))
    return said, text("template.empty", value=title(word) if word else absent)


def _sentence(text: str | None) -> str:
    return f"{_capital(text).rstrip('.')}." if text else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT else f"{text[: _TEXT - 4]} ..."


def _width(field: Field) -> float:
    longest = max((len(value) for value in field.values), default=0)
    least = 17 if field.type == "date-time" else 13
    return min(max(least, len(field.header) * 0.75, longest * 0.8), 36)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
