"""Text and figures as SVG wants them."""

import re
from html import escape

from stakeholders.power_map.widths import cut

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML has no way to say these


def told(text: str) -> str:
    """Text that is safe between tags and in attributes."""
    return escape(FORBIDDEN.sub("", text))


def figure(number: float) -> str:
    """A length to a tenth, as short as it can be written."""
    return f"{number:.1f}".removesuffix(".0")


def line(css: str, text: str, x: float, y: float, *, room: float, size: float) -> str:
    """A line of text, cut to its room, the whole of it as a title then; nothing where there is no text."""
    shown = cut(text, room, size)
    if not text:
        return ""
    title = "" if shown == text else f"<title>{told(text)}</title>"
    return f'<text class="{css}" x="{figure(x)}" y="{figure(y)}">{title}{told(shown)}</text>'
