"""OCDS: releases of the Open Contracting Data Standard, each a row with dotted names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ...messages import phrase
from ...messages.problems import problem, shown
from ...model import Problem
from ..base import Input, Row
from ..json_walk import Walk, whole_text
from ..jsonl import MAX_LINE, numbered, rows, strict_record
from ..strict_json import JsonFault, StrictJson, kind_of
from .cells import put

FORMAT = "OCDS"
_PACKAGES = ("releases", "records")
_MARK = b"\xef\xbb\xbf"


class Ocds:
    """``.ocds.json``, ``.ocds.jsonl``: a package of releases or records, or releases alone, one a line.

    Places are ``file:line``.
    """

    name = "ocds"
    suffixes: tuple[str, ...] = (".ocds.json", ".ocds.jsonl")
    packed = True
    foreign = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        stream = source.open()
        first = stream.readline(MAX_LINE + 1)
        if _release(first):
            for item in rows(source, chain([(1, first)], numbered(stream.readline, 1))):
                # A name without those that it stands in says nothing.
                if isinstance(item, Row):
                    item = item._replace(values={} if item.damaged else flat(item.values))
                yield item
            return
        data = first + stream.read()
        if not data.strip(b" \t\r\n\xef\xbb\xbf"):
            return
        text = whole_text(data, source.name)
        yield from _Document(source, text).rows() if isinstance(text, str) else text


def _release(line: bytes) -> bool:
    """Whether a line is a release by itself."""
    try:
        value = strict_record(line.removeprefix(_MARK), StrictJson())
    except JsonFault:
        return False
    return "ocid" in value and not any(key in value for key in _PACKAGES)


def flat(value: dict[str, object]) -> dict[str, object]:
    """The cells of a release: ``tender.procurementMethod``; of what stands in arrays a list of values."""
    cells: dict[str, object] = {}
    _lay(value, "", cells, False)
    return cells


def _lay(value: object, name: str, cells: dict[str, object], many: bool) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _lay(inner, f"{name}.{key}" if name else key, cells, many)
    elif isinstance(value, list):
        for inner in value:
            _lay(inner, name, cells, True)
    elif value is not None:
        put(cells, name, value, many)


class _Document(Walk):
    """A package, an array of releases, or one of them."""

    def rows(self) -> Iterator[Row | Problem]:
        """All releases, and problems."""
        try:
            opening = self.next()
            if opening == "[":
                yield from self._releases()
            elif opening == "{":
                yield from self._package()
            else:
                value, _ = self.value()
                yield from self._other(phrase("it is {kind}.", kind=kind_of(value)))
                return
            if self.next():
                raise JsonFault("json_stops", self.at, why=phrase("something follows the end of the log"))
        except JsonFault as fault:
            yield from self.stopped(fault)

    def _other(self, why: str) -> Iterator[Row | Problem]:
        name = self.source.name
        yield problem("file_unreadable", name, name=name, format=FORMAT, why=why)
        yield Row(name, {}, True)

    def _package(self) -> Iterator[Row | Problem]:
        found = False
        place = self.place(self.at)
        alone: dict[str, object] = {}
        for key in self.members():
            if key in alone:
                raise JsonFault(
                    "json_stops", self.at, why=phrase("the key {key} stands there twice", key=shown(key))
                )
            alone[key] = None
            if key in _PACKAGES and self.next() == "[":
                found = True
                yield from self._releases() if key == "releases" else self._records()
                continue
            alone[key], fault = self.value()
            if fault is not None and not found:
                # Of a package only what is in its releases counts.
                alone[key] = fault
        if found:
            return
        fault = next((value for value in alone.values() if isinstance(value, JsonFault)), None)
        if fault is not None:
            yield from self._refused(place, fault)
        elif "ocid" in alone or "tag" in alone:
            yield Row(place, flat(alone))
        else:
            yield from self._other(phrase("it has no releases and no records."))

    def _releases(self) -> Iterator[Row | Problem]:
        for place, _, value, fault in self.elements():
            yield from self._one(place, value, fault)

    def _one(self, place: str, value: object, fault: JsonFault | None) -> Iterator[Row | Problem]:
        if fault is None and not isinstance(value, dict):
            fault = JsonFault("json_not_object", kind=kind_of(value))
        if fault is not None:
            yield from self._refused(place, fault)
        elif isinstance(value, dict):
            if "url" in value and not value.keys() - {"url", "date", "tag"}:
                yield problem("release_linked", place, url=shown(value["url"]))
                yield Row(place, {}, True)
            else:
                yield Row(place, flat(value))

    def _records(self) -> Iterator[Row | Problem]:
        """The releases of records, as they came; what was compiled of them has no date of its own."""
        for place, _, value, fault in self.elements():
            found = value.get("releases") if isinstance(value, dict) else None
            if fault is None and not isinstance(value, dict):
                fault = JsonFault("json_not_object", kind=kind_of(value))
            if fault is not None:
                yield from self._refused(place, fault)
            elif isinstance(found, list) and found:
                for release in found:
                    yield from self._one(place, release, None)
            else:
                yield problem("not_as_format", place, format=FORMAT, why=phrase("the record has no releases"))
                yield Row(place, {}, True)

    def _refused(self, place: str, fault: JsonFault) -> Iterator[Row | Problem]:
        values = {key: shown(v) if key in ("key", "value") else v for key, v in fault.values.items()}
        yield problem(fault.code, place, **values)
        yield Row(place, {}, True)
