"""Registers in workbooks: the empty one that an office fills in, and what the words of another mean."""
