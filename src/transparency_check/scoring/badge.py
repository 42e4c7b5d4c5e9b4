"""A score as a small picture: both bounds as text, a colour that only repeats what they say."""

from __future__ import annotations

from xml.sax.saxutils import escape

from ..harmless import plain

# White on these has a contrast of 5 to 1 and more.
_LABEL = "#3b3b3b"
_COLOURS = ((0.9, "#1f6b34"), (0.5, "#7a5200"), (0.0, "#9b1c1c"))
_NONE = "#5c5c5c"
_WIDE = 7
_MARGIN = 10
_LONGEST = 60


def badge(label: str, value: str, low: float | None, title: str) -> str:
    """An SVG without scripts and links. ``low`` is the lower bound, None where nothing was judged; ``title``
    says the whole for who cannot see it.
    """
    label, value = (_shown(text) for text in (label, value))
    left, right = (len(text) * _WIDE + 2 * _MARGIN for text in (label, value))
    colour = _NONE if low is None else next(c for least, c in _COLOURS if low >= least)
    width = left + right

    def text(shown: str, start: int, room: int) -> str:
        # A font of other width is made to fit.
        return (
            f'<text x="{start + _MARGIN}" y="14" textLength="{room - 2 * _MARGIN}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(shown)}</text>'
        )

    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" viewBox="0 0 {width} 20" '
        f'role="img" aria-labelledby="title">\n'
        f'<title id="title">{escape(plain(title))}</title>\n'
        f'<rect width="{left}" height="20" fill="{_LABEL}"/>\n'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>\n'
        f'<g fill="#ffffff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">\n'
        f"{text(label, 0, left)}\n{text(value, left, right)}\n</g>\n</svg>\n"
    )


def _shown(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
