"""The configuration of an office, ``transparency-check.toml``: found, read, laid over the law, named in reports."""
