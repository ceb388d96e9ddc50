"""How wide text and cards are, estimated: whoever draws on a server knows no font."""

import unicodedata
from functools import lru_cache
from math import ceil

from stakeholders.power_map.scene import Card

NARROWEST, WIDEST, HEIGHT = 150.0, 230.0, 72.0
PAD = 12.0
NAME, TITLE, SMALL = 14.0, 12.0, 11.5  # sizes of the three kinds of text
BOLDER = 1.16  # how much wider bold text runs
LETTER = 20.0  # a role's square with its gap
STONE = 32.0  # a stone with its gap
CLOCK_GAP = 8.0
INITIALS = 32.0  # our counterpart's initials with their gap
ELLIPSIS = "…"


@lru_cache(maxsize=8192)
def char_width(char: str) -> float:
    """The width of one character in em."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in "mwMW@%":
        return 0.86
    if char in "iljft.,:;'|!()[] ":
        return 0.36
    return 0.7 if char.isupper() else 0.58


def text_width(text: str, size: float) -> float:
    """The width of a line of text."""
    return sum(map(char_width, text)) * size


def cut(text: str, room: float, size: float) -> str:
    """The text, ended by an ellipsis where it has more than the room."""
    if text_width(text, size) <= room:
        return text
    left, kept = room / size - char_width(ELLIPSIS), 0
    for char in text:
        left -= char_width(char)
        if left < 0:
            break
        kept += 1
    return _whole(text, kept) + ELLIPSIS


def _whole(text: str, end: int) -> str:
    """The beginning of the text, without half of a joined character at its end."""
    while 0 < end < len(text) and (char_width(text[end]) == 0 or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip()


def initials(name: str) -> str:
    """A name in at most two characters."""
    words = name.split()
    if not words or unicodedata.east_asian_width(words[0][0]) in "WF":
        return "".join(words)[-2:]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def name_room(card: Card, width: float) -> float:
    """How much of a card its name may take."""
    return width - 2 * PAD - (INITIALS if card.counterpart else 0)


def clock_room(card: Card, width: float) -> float:
    """How much of a card is left for the clock, between role letters and stone."""
    return width - 2 * PAD - LETTER * len(card.roles) - (0 if card.is_vacant else STONE) - CLOCK_GAP


def card_width(card: Card) -> float:
    """How wide a card has to be for what stands on it."""
    name = text_width(card.name, NAME * BOLDER) - name_room(card, 0)
    title = text_width(card.title, TITLE) + 2 * PAD
    clock = text_width(card.clock.text, SMALL * BOLDER) - clock_room(card, 0) if card.clock else 0.0
    return float(min(WIDEST, ceil(max(NARROWEST, name, title, clock))))
