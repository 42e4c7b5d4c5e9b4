"""XES: events of traces. Events in the form that programs write are read in bulk, all else by the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Problem
from ..base import Input, Row
from .xes_log import VALUES, XesLog
from .xml_stream import OtherFormat, XmlStops, blocks, ended

_SPACE = r"[ \t\r\n]*+"
_TEXT = r"[^\"<&\x00-\x1f\ufffe\uffff]*+"
_TYPES = "|".join(VALUES)
_ATTRIBUTES = rf'(?:<(?:{_TYPES}) key="{_TEXT}" value="{_TEXT}" ?/>{_SPACE})*+'
_EVENT = re.compile(rf"<event>{_SPACE}{_ATTRIBUTES}</event>")
# The end of a trace and the beginning of the next.
_BORDER = re.compile(rf"</trace>{_SPACE}<trace>{_SPACE}{_ATTRIBUTES}(?=<event>)")
_ATTRIBUTE = re.compile(r'<([a-z]+) key="([^"]*+)" value="([^"]*+)"')
# How many kinds of events are known by their shapes at a time.
_SHAPES = 16
_BEGIN, _END = "<event>", b"</event>"
_TEXTS = frozenset(name for name, made in VALUES.items() if made is str)
# How much of the beginning may be the declaration of XML, with a mark before it.
_DECLARATION = 5
# In these a byte below 128 is itself.
_PLAIN = ("utf-8", "us-ascii", "ascii")


class Xes:
    """``.xes``: places are ``file:line``, the line on which an event begins."""

    name = "xes"
    suffixes: tuple[str, ...] = (".xes",)
    packed = True
    foreign = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        log = _Reading(source.name)
        any_bytes = False
        try:
            for block in blocks(source):
                any_bytes = True
                log.feed(block)
                yield from log.taken()
            if any_bytes:
                log.close()
                yield from log.taken()
        except (XmlStops, OtherFormat) as end:
            yield from log.taken()
            yield from ended(source, "XES", end)


class _Shape:
    """Events with these attributes in this order, as the pairs of type and key."""

    def __init__(self, attributes: tuple[tuple[str, str], ...]) -> None:
        parts = (f'<{kind} key="{re.escape(key)}" value="({_TEXT})" ?/>{_SPACE}' for kind, key in attributes)
        self.match = re.compile(f"<event>{_SPACE}{''.join(parts)}</event>{_SPACE}").match
        self.keys = tuple(key for _, key in attributes)
        # What is not text.
        self.made = tuple((key, VALUES[kind]) for kind, key in attributes if kind not in _TEXTS)


class _Reading:
    """A log that is fed.

    An event that the pattern matches is whole and well-formed by itself, wherever content can stand; so where
    the parser says that an event can begin, such events are taken out before it sees them. So is the end of a
    trace with the beginning of the next, which leave the parser where it is.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._log = XesLog(name)
        self._probe = self._log.stream.probe(self._reached)
        self._ready = False
        self._rest = self._last = b""
        self._first = True
        self._instructions = False
        self._shapes: list[_Shape] = []
        self._line = 1

    def taken(self) -> list[Row | Problem]:
        """What has been read since it was last asked."""
        rows, self._log.rows = self._log.rows, []
        return rows

    def feed(self, block: bytes) -> None:
        """The next bytes. Raises ``XmlStops`` and ``OtherFormat``."""
        # An instruction would be ended by the probe.
        self._instructions |= b"<?" in (self._last + block)[_DECLARATION if self._first else 0 :]
        self._last, self._first = block[-1:], False
        data = self._rest + block
        if self._instructions:
            self._rest = b""
            self._exactly(data)
            return
        whole = data.rfind(_END) + len(_END)
        if whole < len(_END):
            self._rest = b""
            self._exactly(data)
            return
        self._rest = data[whole:]
        part = data[:whole]
        try:
            text = part.decode("utf-8")
        except UnicodeDecodeError:
            self._exactly(part)
            return
        if "\r" in text and text.count("\r") != text.count("\r\n"):
            # The parser takes a carriage return for the end of a line.
            self._exactly(part)
            return
        self._events(text)

    def close(self) -> None:
        """The end. Raises as ``feed``."""
        self._log.stream.feed(self._rest, last=True)

    def _exactly(self, data: bytes) -> None:
        self._log.stream.feed(data)
        self._line += data.count(b"\n")

    def _reached(self) -> None:
        self._ready = self._log.between_events and (self._log.stream.encoding or "utf-8").lower() in _PLAIN

    def _events(self, text: str) -> None:
        """Text that ends with an event."""
        log, feed, count, find = self._log, self._log.stream.feed, text.count, text.find
        at, upto = 0, len(text)
        while at < upto:
            begin = find(_BEGIN, at)
            if begin < 0:
                self._exactly(text[at:].encode())
                return
            self._ready = False
            feed(text[at:begin].encode() + self._probe)
            self._line += count("\n", at, begin)
            at = begin
            if not self._ready:
                # In a comment, or where no event belongs.
                self._exactly(text[begin:].encode())
                return
            at = self._plain(text, begin)
            log.stream.skipped += count("\n", begin, at)
            if at == begin:
                # Not in the usual form.
                after = find(_BEGIN, begin + 1)
                after = upto if after < 0 else after
                self._exactly(text[begin:after].encode())
                at = after

    def _plain(self, text: str, begin: int) -> int:
        """Events in the usual form, one after the other; the index behind the last."""
        log, line, count, append = self._log, self._line, text.count, self._log.rows.append
        common, classify, start = log.common(), log.classify, f"{self._name}:"
        shapes = self._shapes
        # What Row does, without the call of it: here it counts.
        new = tuple.__new__
        at = counted = begin
        while True:
            if not text.startswith(_BEGIN, at):
                border = _BORDER.match(text, at)
                if border is None or not log.next_trace(_ATTRIBUTE.findall(text, at, border.end())):
                    break
                common = log.common()
                at = border.end()
            for shape in shapes:
                if (event := shape.match(text, at)) is not None:
                    break
            else:
                found = self._shape(text, at)
                if found is None or (event := found.match(text, at)) is None:
                    break
                shape = found
            if shape is not shapes[0]:
                # Events of a kind often follow each other.
                shapes.remove(shape)
                shapes.insert(0, shape)
            line += count("\n", counted, at)
            counted = at
            values = common.copy()
            values.update(zip(shape.keys, event.groups()))  # noqa: B905
            for key, made in shape.made:
                values[key] = made(values[key])  # type: ignore[arg-type]
            if classify is not None:
                classify(values)
            append(new(Row, (f"{start}{line}", values, False, None)))
            at = event.end()
        self._line = line + count("\n", counted, at)
        return at

    def _shape(self, text: str, at: int) -> _Shape | None:
        """The shape of the event that begins here, None where it has not the usual form."""
        event = _EVENT.match(text, at)
        if event is None:
            return None
        pairs = tuple((kind, key) for kind, key, _ in _ATTRIBUTE.findall(text, at, event.end()))
        if len({key for _, key in pairs}) != len(pairs):
            return None
        if len(self._shapes) >= _SHAPES:
            self._shapes.pop()
        self._shapes.insert(0, _Shape(pairs))
        return self._shapes[0]
