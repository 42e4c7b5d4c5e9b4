"""Mappings: what an office says of the rows of others - which of their columns are which of ours, which of
their words are which events. A mapping stands between a reader and the vocabulary: rows in, rows out.
"""
