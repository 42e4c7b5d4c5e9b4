"""How a time grows: the slope of a straight line through the logarithms (1: in proportion)."""

from __future__ import annotations

import math
from collections.abc import Sequence


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Least squares through ``(size, time)``, all above 0; at least two different sizes."""
    logs = [(math.log(size), math.log(time)) for size, time in points]
    middle = sum(x for x, _ in logs) / len(logs), sum(y for _, y in logs) / len(logs)
    spread = sum((x - middle[0]) ** 2 for x, _ in logs)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / spread
