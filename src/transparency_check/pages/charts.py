"""Charts as geometry: what is drawn where. Templates draw them as SVG, the stylesheet colours them.

No chart says anything by colour alone: parts differ by pattern and are named beside it, and all its figures
stand in a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..messages import text

# Sizes in pixels: a step from one period to the next, what stands left and right of them, above and below.
_STEP, _LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 52, 46, 10, 12, 44, 190
_COLUMN = 22
# A rate of zero is a line on the axis: it was judged.
_LEAST = 2.0
_LEAST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: the outcome that it stands for, its name, how many, where it begins and how long it
    is in percent.
    """

    outcome: str
    name: str
    shown: str
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How a whole is shared out. ``id`` tells its patterns from those of other bars on a page."""

    id: str
    title: str
    description: str
    parts: tuple[Part, ...]


def bar(id_: str, title: str, numbers: Sequence[tuple[str, str, int, str]]) -> Bar | None:
    """The bar of outcomes: each with its name, how many there are, and that number as people read it. None
    where there are none at all.
    """
    total = sum(number for _, _, number, _ in numbers)
    if not total:
        return None
    parts, before = [], 0
    for outcome, name, number, shown in numbers:
        if number:
            start, length = (f"{100 * n / total:.3f}%" for n in (before, number))
            parts.append(Part(outcome, name, shown, start, length))
        before += number
    return Bar(id_, title, ", ".join(f"{p.name}: {p.shown}" for p in parts), tuple(parts))


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a trend: its labels (one below the other), and the bounds of its rate, between 0 and 1;
    None where nothing was judged.
    """

    labels: tuple[str, ...]
    bounds: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A period as it is drawn: what is certain stands on the axis, what is not decided on top of it. A
    height of zero is not drawn.
    """

    labels: tuple[str, ...]
    middle: float
    left: float
    sure_top: float
    sure: float
    open_top: float
    open: float


@dataclass(frozen=True, slots=True)
class Rung:
    """A line across the chart with its label."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Rates over time, each with both bounds. ``id`` tells it from other charts on a page; ``sure`` and
    ``open`` say what the two kinds of columns mean.
    """

    id: str
    title: str
    description: str
    region: str
    sure: str
    open: str
    width: int
    height: int
    left: int
    right: int
    axis: int
    column: int
    rungs: tuple[Rung, ...]
    columns: tuple[Column, ...]


def trend(id_: str, title: str, description: str, periods: Sequence[Period]) -> Trend:
    """The chart of these periods, in their order, from left to right."""
    width = _LEFT + max(len(periods), _LEAST_STEPS) * _STEP + _RIGHT
    axis = _HEIGHT - _BOTTOM
    columns = []
    for place, period in enumerate(periods):
        middle = _LEFT + _STEP * (place + 0.5)
        sure = undecided = 0.0
        if period.bounds is not None:
            low, high = period.bounds
            sure = max((axis - _TOP) * low, _LEAST if high == low else 0.0)
            undecided = (axis - _TOP) * (high - low)
        columns.append(
            Column(
                period.labels,
                middle,
                middle - _COLUMN / 2,
                round(axis - sure, 2),
                round(sure, 2),
                round(axis - sure - undecided, 2),
                round(undecided, 2),
            )
        )
    rungs = tuple(
        Rung(
            axis - (axis - _TOP) * percent / 100,
            text("site.percent", n=percent).replace(" ", "\N{NO-BREAK SPACE}"),
        )
        for percent in (0, 25, 50, 75, 100)
    )
    return Trend(
        id=id_,
        title=title,
        description=description,
        region=text("site.region.chart", caption=title),
        sure=text("site.chart.sure"),
        open=text("site.chart.open"),
        width=width,
        height=_HEIGHT,
        left=_LEFT,
        right=width - _RIGHT,
        axis=axis,
        column=_COLUMN,
        rungs=rungs,
        columns=tuple(columns),
    )
