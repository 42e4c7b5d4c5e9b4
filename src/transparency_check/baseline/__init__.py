"""Baselines: the violations that were there already, so that a run fails for new ones only (semantics 9)."""

FILE = "baseline.json"
SCHEMA = "transparency-check/baseline/1"
