"""What is tried before a version is released: ``python -m release`` (docs/releasing.md)."""
