"""Documents to print, sign and send: pages of reports as HTML, PDF and DOCX, one file for each."""

# The formats, which are also endings of files, and modules of this package.
NAMES = ("html", "pdf", "docx")
# What is no text is for a file, not for a terminal.
NO_TEXT = frozenset({"pdf", "docx"})
