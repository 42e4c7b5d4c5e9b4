"""``validate --fix``: what can be mended in a log without losing or guessing anything.

A value is changed only where the reader says what it must be, or reads both alike; no verdict changes but
those that were undetermined, or open, because of what was mended.
"""
