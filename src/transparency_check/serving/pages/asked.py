"""What was asked for with an address or a form: names with values, several of one name in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Upload(NamedTuple):
    """A file that came with a form: its name as the browser says, and what is in it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Asked:
    """``pairs`` as they came; ``files`` by the names of their fields."""

    pairs: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, Upload] = ()  # type: ignore[assignment]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], files: Mapping[str, Upload] | None = None) -> Asked:
        return cls(tuple(pairs), files or {})

    def one(self, name: str) -> str:
        """The last value of a name, without blanks around it; empty where there is none."""
        return next((value.strip() for key, value in reversed(self.pairs) if key == name), "")

    def every(self, name: str) -> list[str]:
        """All values of a name that say something."""
        return [value.strip() for key, value in self.pairs if key == name and value.strip()]


class NotThere(Exception):
    """There is no such page: a finding, case, duty or event that is not known. The message says which."""


class Elsewhere(Exception):
    """The answer is at another address: after what was changed, and where something was only looked up."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
