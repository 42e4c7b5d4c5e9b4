"""Pages for people with a browser: skeleton, blocks, charts and stylesheet.

A page is data (``page.py``, ``blocks.py``, ``charts.py``) that templates draw (``drawing.py``). Nothing here
knows where a page lies or who asks for it: every link is given.
"""
