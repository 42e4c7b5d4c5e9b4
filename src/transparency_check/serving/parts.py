"""Parts of pages that only a server needs: forms, problems beside their fields, a month. As the blocks of
``pages``, each is drawn by the macro of its ``kind``, in ``templates/parts.html.jinja``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ..messages import text
from ..pages.blocks import Line

FieldKind = Literal["text", "choice", "choices", "flag", "long", "file", "secret"]


@dataclass(frozen=True, slots=True)
class Option:
    """One of several values to choose from."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Values under a heading of their own."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. ``second`` is another field in the same line, as a time of day beside a day;
    ``problems`` are what is wrong with what was given.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    value: str = ""
    options: tuple[Option, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    hint: str = ""
    required: bool = False
    problems: tuple[str, ...] = ()
    second: Field | None = None
    autocomplete: str = "off"
    # How the keyboard of a phone begins: ``numeric``, ``url``.
    input_mode: str = ""
    narrow: bool = False
    accept: str = ""

    @property
    def id(self) -> str:
        return f"field-{self.name}"

    @property
    def described(self) -> str:
        """The ids of what is said about it."""
        said = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*said, *([f"{self.id}-problem"] if self.problems else [])])


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together; folded away where ``folded`` is set."""

    title: str
    fields: tuple[Field, ...]
    folded: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form. ``compact`` is one line of filters; ``hidden`` are values that come along. ``post`` forms
    change something.
    """

    kind: ClassVar[str] = "form"

    action: str
    groups: tuple[FieldGroup, ...]
    submit: str
    post: bool = False
    hidden: tuple[tuple[str, str], ...] = ()
    compact: bool = False
    files: bool = False
    away: tuple[Line, ...] = ()
    danger: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Faults:
    """All that is wrong with a form, at its top, each with the field that it is about."""

    kind: ClassVar[str] = "faults"

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """A remark that holds only until the records are judged: the page at ``href``, which is this one, takes
    its place then. ``number`` is that of the judgement which is shown now.
    """

    kind: ClassVar[str] = "watch"

    lines: tuple[Line, ...]
    href: str
    number: int

    @property
    def id(self) -> str:
        """What it is known by on the page, and in what the page asks for."""
        return watch_id(self.number)


def watch_id(number: int) -> str:
    """The id of a remark about the judgement with this number."""
    return f"behind-{number}"


@dataclass(frozen=True, slots=True)
class Copied:
    """Something to be copied letter by letter: an address, a hash."""

    kind: ClassVar[str] = "copied"

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Actions:
    """Links that do something, as buttons; the first is the one that most people want, unless they are
    ``plain``. ``note`` is about them, and is not printed either.
    """

    kind: ClassVar[str] = "actions"

    links: tuple[Line, ...]
    plain: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on a day."""

    label: str
    href: str
    tone: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; ``off``: it is not worked, ``why`` names the holiday where it is one. Where a screen
    has no room for ``entries``, ``count`` is shown; ``counted`` says it in words.
    """

    number: int
    full: str
    entries: tuple[Entry, ...] = ()
    more: Line | None = None
    within: bool = True
    today: bool = False
    off: bool = False
    why: str = ""
    count: int = 0
    counted: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven days."""

    kind: ClassVar[str] = "month"

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def region(self) -> str:
        """What a screen reader calls the region that it scrolls in."""
        return text("site.region", caption=self.title)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened in a case, or will; ``lines`` tell more of it, ``findings`` what it did."""

    when: str
    title: Line
    lines: tuple[Line, ...] = ()
    tone: str = "plain"
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, in order."""

    kind: ClassVar[str] = "timeline"

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, and where it is told."""

    number: str
    label: str
    href: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Figures:
    """Some numbers side by side."""

    kind: ClassVar[str] = "figures"

    figures: tuple[Figure, ...]


Part = Form | Faults | Watch | Copied | Actions | Month | Timeline | Figures
