"""The elements of an XES log (IEEE 1849) as rows: events with what their trace and log say, and what they
declare for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ...messages import phrase
from ...messages.problems import problem, shown
from ...model import Problem
from ..base import Row
from .cells import decimal, flag, no_value, put, whole
from .xml_stream import OtherFormat, XmlStream

LOG, CASE, CLASSIFIER = "log:", "case:", "classifier:"
NESTED = "/"
# What makes a value of the text of an attribute. A date stays text: it is read where all times are.
VALUES: dict[str, Callable[[str], object]] = {
    "string": str, "date": str, "id": str, "int": whole, "float": decimal, "boolean": flag,
}  # fmt: skip
_HOLDERS = frozenset({"list", "container"})
_KEY = re.compile(r"'([^']*)'|(\S+)")


class _Open(NamedTuple):
    """An element that is open: what it is, the beginning of names in it, and the cells that it fills;
    ``many`` where others like it may fill the same.
    """

    kind: str
    cell: str
    cells: dict[str, object]
    many: bool = False


class XesLog:
    """Takes the elements of a log, and gives ``rows`` with problems where they stand."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.rows: list[Row | Problem] = []
        self.stream = XmlStream(self._begin, self._end)
        self._open: list[_Open] = []
        self._log: dict[str, object] = {}
        self._defaults: dict[str, dict[str, object]] = {"trace": {}, "event": {}}
        self._classifiers: list[tuple[str, tuple[str, ...]]] = []
        # What the events of the trace have in common, once the first of them has begun.
        self._common: dict[str, object] | None = None
        self._started = False
        self._place = ""

    @property
    def between_events(self) -> bool:
        """Whether an event can begin here."""
        return bool(self._open) and self._open[-1].kind in ("trace", "log")

    def common(self) -> dict[str, object]:
        """What every event says that begins here: it is settled by that."""
        if self._common is None:
            self._started = True
            case = self._open[-1].cells if self._open[-1].kind == "trace" else None
            self._common = {**self._log, **self._defaults["event"]}
            if case is not None:
                self._common |= {**self._defaults["trace"], **case}
        return self._common

    def next_trace(self, attributes: Sequence[tuple[str, str, str]]) -> bool:
        """End the trace that is open and begin the next, with attributes as type, key and value; False, and
        nothing is done, where that is not how they stand.
        """
        cells = {f"{CASE}{key}": VALUES[kind](value) for kind, key, value in attributes}
        if len(cells) != len(attributes) or self._open[-1].kind != "trace":
            return False
        self._open[-1] = _Open("trace", CASE, cells)
        self._common = None
        return True

    @property
    def classify(self) -> Callable[[dict[str, object]], None] | None:
        """What adds the names that events have of several parts, None where no event has one."""
        return self._classify if self._classifiers else None

    def _classify(self, values: dict[str, object]) -> None:
        for name, keys in self._classifiers:
            parts = [values.get(key) for key in keys]
            if all(isinstance(part, str | int | float) for part in parts):
                values[name] = "+".join(map(str, parts))

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self._open:
            if tag != "log":
                raise OtherFormat(phrase("its outermost element is {tag}, not log.", tag=shown(tag)))
            self._open.append(_Open("log", LOG, self._log))
            return
        top = self._open[-1]
        if top.kind == "skipped":
            self._open.append(top)
        elif tag in VALUES or tag in _HOLDERS:
            self._attribute(tag, attributes, top)
        elif tag == "event" and self.between_events:
            self._place = f"{self._name}:{self.stream.line}"
            self.common()
            self._open.append(_Open("event", "", {}))
        elif tag == "values" and top.kind == "list":
            self._open.append(top._replace(kind="values", many=True))
        elif top.kind != "log":
            self.stream.stop(phrase("the element {tag} does not belong there", tag=shown(tag)))
        elif tag == "trace":
            self._started = True
            self._common = None
            self._open.append(_Open("trace", CASE, {}))
        else:
            self._declaration(tag, attributes)

    def _declaration(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element of the log that is no trace."""
        scope = attributes.get("scope", "event")
        if tag in ("global", "classifier") and self._started:
            self._late(tag)
        if tag == "global" and scope in self._defaults:
            prefix = CASE if scope == "trace" else ""
            self._open.append(_Open("global", prefix, self._defaults[scope]))
            return
        keys = tuple(a or b for a, b in _KEY.findall(attributes.get("keys", "")))
        if tag == "classifier" and scope == "event" and len(keys) > 1:
            self._classifiers.append((f"{CLASSIFIER}{attributes.get('name', '')}", keys))
        # Extensions only say what keys mean.
        self._open.append(_Open("skipped", "", {}))

    def _attribute(self, tag: str, attributes: Mapping[str, str], top: _Open) -> None:
        key = attributes.get("key")
        if key is None:
            self.stream.stop(phrase("an attribute has no key"))
        inner = top.kind in ("attribute", "values", *_HOLDERS)
        cell = f"{top.cell}{NESTED}{key}" if inner else f"{top.cell}{key}"
        if (top.kind == "trace" and self._common is not None) or (top.kind == "log" and self._started):
            self._late(cell)
        if tag in VALUES:
            text = attributes.get("value")
            value = no_value("") if text is None else VALUES[tag](text)
            if tag == "date" and len(self._open) > 1 and self._open[1].kind == "global":
                # A day that nobody recorded is not known.
                value = no_value(phrase("{value} by default", value=text))
            put(top.cells, top.cell if top.kind == "values" else cell, value, top.many)
        kind = tag if tag in _HOLDERS else "attribute"
        self._open.append(_Open(kind, cell, top.cells, top.many))

    def _late(self, what: str) -> None:
        """Tell of what stands behind events that it is about."""
        place = f"{self._name}:{self.stream.line}"
        self.rows.append(problem("attribute_late", place, column=shown(what)))
        self.rows.append(Row(place, dict(self._common or {}), True))

    def _end(self) -> None:
        top = self._open.pop()
        if top.kind == "event":
            values = {**self.common(), **top.cells}
            self._classify(values)
            self.rows.append(Row(self._place, values))
        elif top.kind == "trace":
            self._common = None
