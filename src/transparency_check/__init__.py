"""Rules engine for municipal transparency law."""

__version__ = "0.1.0"
