"""What a reporter is told besides the report itself: names in the reader's language, and how much to show."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from ..messages import known, text
from ..messages.language import current
from ..model import Finding, Revision
from ..report import FailOn, Upcoming
from ..reserved import OWN_INSTRUMENT

if TYPE_CHECKING:
    from ..packs.discharge import Discharge
    from ..packs.model import Rulebook



@dataclass(frozen=True, slots=True)
class Names:
    """Titles by id, from the packs: what a report for people says instead of an id.

    ``shapes`` tells the shape of each duty (``event``, ``content``, ``duration``, ``count``, ``calendar``,
    ``standing``), which decides how a sentence about it is put; ``advice`` says in one sentence what to do.
    ``channels`` and ``languages`` are words of the vocabulary by its values.
    """

    rules: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)
    bearers: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rulebook: Rulebook) -> Names:
        """The names that a rulebook gives, in the language that is spoken where it has it."""
        from ..packs.discharge import channel_attribute, language_attributes

        language = current()
        attributes = rulebook.vocabulary.attributes

        def words(names: Iterable[str]) -> dict[str, str]:
            """What the values of attributes are called."""
            return {
                value: called.in_language(language)
                for name in names
                if (attribute := attributes.get(name)) is not None
                for value in attribute.values
                if (called := attribute.title_of(value)) is not None
            }

        return cls(
            rules={d.id: d.title.in_language(language) for d in rulebook.duties},
            shapes={d.id: d.shape for d in rulebook.duties},
            advice={d.id: d.help.in_language(language) for d in rulebook.duties if d.help},
            instruments={
                i.id: f"{i.title.in_language(language)} ({i.number})"
                if i.number
                else i.title.in_language(language)
                for i in rulebook.instruments
            },
            events={
                name: event.title.in_language(language) for name, event in rulebook.vocabulary.events.items()
            },
            municipalities={m.id: m.names[0] if m.names else m.id for m in rulebook.municipalities},
            bearers={d.bearer: rulebook.bearer(d).in_language(language) for d in rulebook.duties},
            channels=words([channel_attribute(rulebook)]),
            languages=words(language_attributes(rulebook)),
        )

    def rule(self, rule: str) -> str:
        """The title of a duty; a built-in one has its own, an unknown one none."""
        if title := self.rules.get(rule):
            return title
        return text(f"rule.{rule}") if known(f"rule.{rule}") else ""

    def bearer(self, bearer: str) -> str:
        """Who owes a duty, in the reader's language where the pack has it."""
        return self.bearers.get(bearer, bearer)

    def law(self, instrument: str, provision: str | None) -> str:
        """Provision and instrument as one text."""
        if instrument == OWN_INSTRUMENT:
            return text("law.own")
        parts = [provision, self.instruments.get(instrument, instrument)]
        return "; ".join(p for p in parts if p) or text("law.none")


def _untold(_: Finding) -> Discharge:
    """What discharges an obligation where nobody says."""
    return ()


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is written.

    ``everything`` adds what needs no attention; ``width`` is the number of columns of text; ``selection``
    echoes what the reader asked for; ``upcoming`` makes it a report of what comes next; ``language`` (``en``,
    ``sq``, ``sr-Latn``, ``sr-Cyrl``) is that of the names; ``fail_on`` says what fails the run;
    ``validation`` makes it a report of records alone; ``revisions`` tells how often the log has spoken of
    findings, by their ids; ``acts`` tells what discharges an obligation.
    """

    names: Names = field(default_factory=Names)
    everything: bool = False
    colour: bool = False
    width: int = 80
    selection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    upcoming: Upcoming | None = None
    language: str = field(default_factory=current)
    fail_on: FailOn = "violation"
    validation: bool = False
    revisions: Callable[[Collection[Finding]], Mapping[str, Revision]] | None = None
    acts: Callable[[Finding], Discharge] = _untold

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> ReportOptions:
        """The options that a reporter understands, from those of a command by name; others are ignored."""
        return cls(**{f.name: options[f.name] for f in fields(cls) if f.name in options})

    def mapping(self) -> dict[str, Any]:
        """The options by name, as the reporter hook passes them."""
        return {f.name: getattr(self, f.name) for f in fields(self)}
