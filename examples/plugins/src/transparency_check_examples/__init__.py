"""A rule in Python, a reader and a reporter: a module each, each a plugin of its own."""
