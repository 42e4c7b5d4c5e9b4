"""What was tried to make verdicts wrong, and what came of it: the figures of ``docs/reliability.md``."""
