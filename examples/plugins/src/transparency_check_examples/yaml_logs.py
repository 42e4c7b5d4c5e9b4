"""A reader: logs in YAML, a list of events, as people write them by hand."""

from __future__ import annotations

from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from transparency_check.hookspecs import hookimpl
from transparency_check.model import Problem
from transparency_check.readers.base import Input, Row


class YamlLogs:
    name, suffixes = "yaml", (".yaml", ".yml")

    def read(self, source: Input) -> Iterator[Row | Problem]:
        try:
            # Of YAML 1.2, where `no` is a word; what a file says twice, or would run, is refused.
            events = YAML(typ="rt").load(source.read())
        except (YAMLError, UnicodeDecodeError) as error:
            mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
            place = f"{source.name}:{mark.line + 1}" if mark else source.name
            yield from _unread(place, " ".join(str(error).split()))
            return
        if not isinstance(events, CommentedSeq):
            yield from _unread(source.name, "a log in YAML is a list of events: begin each with `- `.")
            return
        for number, event in enumerate(events):
            place = f"{source.name}:{events.lc.item(number)[0] + 1}"
            if isinstance(event, dict) and all(isinstance(column, str) for column in event):
                # Lists of the library are more than lists.
                plain = {c: [*cell] if isinstance(cell, list) else cell for c, cell in event.items()}
                yield Row(place, plain)
            else:
                yield from _unread(place, "an event is a mapping of columns to values.")


def _unread(place: str, why: str) -> Iterator[Row | Problem]:
    yield Problem("error", "yaml", place, why)
    yield Row(place, {}, damaged=True)


@hookimpl
def transparency_check_readers() -> list[YamlLogs]:
    return [YamlLogs()]
