"""``site build``: the compliance record as a static public site, in all languages, with its data and feeds.

``record.py`` goes through the findings and keeps what pages show; the modules of pages turn it into pages of
``transparency_check.pages``; ``building.py`` puts all files together, ``folder.py`` puts them in their place.
"""
