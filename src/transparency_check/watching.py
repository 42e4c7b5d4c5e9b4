"""What a run tells whoever watches it: its stage, and how many events it has read. The run reads no clock."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

# In the order of a run; those of judging may run side by side, for parts of the municipalities.
STAGES = (
    "packs", "reading", "log",
    "triggers", "recurring", "suspensions", "due_dates", "candidates", "weighing",
    "content", "duration", "count", "standing", "modifiers", "outages", "outcomes", "replacements",
    "findings", "report",
)  # fmt: skip
JUDGING = frozenset(STAGES[STAGES.index("triggers") : STAGES.index("findings")])


class Watch:
    """Is told everything and keeps nothing. Calls may come from several threads."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """What is done while the context lasts; one of ``STAGES``."""
        return nullcontext()

    def read(self, events: int) -> None:
        """So many more events have been read."""


UNWATCHED = Watch()
