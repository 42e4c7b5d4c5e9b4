"""``serve``: a register, or logs that are only read, as pages for the people of an office.

``state.py`` judges and keeps what pages show; ``access.py`` says who may; ``pages/`` make pages of
``transparency_check.pages``, as the public site does; ``application.py`` puts them behind addresses. What
needs FastAPI is imported where it is used: the rest of the program does without.
"""
