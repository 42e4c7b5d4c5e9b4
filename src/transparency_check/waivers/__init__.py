"""Waivers: recorded decisions to accept a violation. They never hide an outcome (semantics 9)."""

FILE = "waivers.toml"
