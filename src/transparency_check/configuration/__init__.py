"""The configuration of an office, ``transparency-check.toml``: read, laid over the law, named in reports."""
