"""One card of a power map as SVG, drawn from its own upper left corner."""

from stakeholders.power_map.scene import Box, Card, RoleMark, Stone
from stakeholders.power_map.svg_text import figure, line, told
from stakeholders.power_map.widths import (
    BOLDER,
    LETTER,
    NAME,
    PAD,
    SMALL,
    STONE,
    TITLE,
    clock_room,
    initials,
    name_room,
    text_width,
)
from stakeholders.power_map.words import Words

STATES = {"is-key": "is_key", "is-vacant": "is_vacant", "is-outsider": "is_outsider", "is-changed": "is_changed"}
NAME_LINE, TITLE_LINE, FOOT_LINE = 21.0, 37.0, 60.0


def draw_card(box: Box, level: int, words: Words) -> str:
    """A card where it stands, a link if it leads anywhere."""
    card = box.card
    face = _face(box)
    if card.url:
        face = f'<a href="{told(card.url)}">{face}</a>'
    expanded = ' aria-expanded="false"' if box.folded else ""
    return (
        f'<g class="map-card" data-key="{told(card.key)}" tabindex="-1" role="treeitem" aria-level="{level}"{expanded} '
        f'aria-label="{told(_spoken(box, words))}" transform="translate({figure(box.x)} {figure(box.y)})">'
        f"{face}{_fold(box)}</g>"
    )


def _face(box: Box) -> str:
    card, width = box.card, box.width
    return "".join(
        [
            f'<rect class="{_states(card)}" width="{figure(width)}" height="{figure(box.height)}" rx="8"/>',
            '<path class="map-flag" d="M0 16V8a8 8 0 0 1 8-8h8z"/>' if card.is_changed else "",
            line("map-name", card.name, PAD, NAME_LINE, room=name_room(card, width), size=NAME * BOLDER),
            line("map-title", card.title, PAD, TITLE_LINE, room=width - 2 * PAD, size=TITLE),
            _counterpart(card.counterpart, width),
            *(_role(role, PAD + LETTER * index) for index, role in enumerate(card.roles)),
            _clock(card, width),
            "" if card.is_vacant else _stone(card.stone, width - 22, 53),
        ]
    )


def _states(card: Card) -> str:
    return " ".join(["map-box", *(css for css, state in STATES.items() if getattr(card, state))])


def _counterpart(name: str, width: float) -> str:
    if not name:
        return ""
    shown = told(initials(name))
    return (
        f'<g class="map-counterpart"><title>{told(name)}</title>'
        f'<rect x="{figure(width - 34)}" y="8" width="26" height="17" rx="8.5"/>'
        f'<text x="{figure(width - 21)}" y="20">{shown}</text></g>'
    )


def _role(role: RoleMark, x: float) -> str:
    css = "map-role" + " main" * role.is_primary + " inherited" * role.is_inherited
    return (
        f'<g class="{css}"><rect x="{figure(x)}" y="46.5" width="17" height="17" rx="5"/>'
        f'<text x="{figure(x + 8.5)}" y="59">{told(role.letter)}</text></g>'
    )


def _clock(card: Card, width: float) -> str:
    if not card.clock:
        return ""
    css, room = f"map-clock {card.clock.tone}".rstrip(), clock_room(card, width)
    x = width - (PAD if card.is_vacant else PAD + STONE)
    return line(told(css), card.clock.text, x, FOOT_LINE, room=room, size=SMALL * BOLDER)


def _stone(stone: Stone, x: float, y: float) -> str:
    """A score; unknown is hatched, expired is hatched over its colour, and what is in dispute wears a mark."""
    at, is_known = f'cx="{figure(x)}" cy="{figure(y)}"', stone.tone != "unknown"
    is_old = stone.is_expired and is_known
    plate = f'<circle class="map-plate" {at} r="8"/>'
    hatch = f'<circle {at} r="12" fill="url(#map-{"expired" if is_old else "unknown"})"/>'
    return (
        f'<g class="map-stone s-{told(stone.tone)}{" expired" if is_old else ""}"><circle {at} r="12"/>'
        f"{hatch if is_old or not is_known else ''}"
        f"{plate if is_old else ''}"
        f'<text x="{figure(x)}" y="{figure(y + 4.2)}">{told(stone.text)}</text>'
        f"{_dispute(x + 9, y - 9) if stone.is_disputed else ''}</g>"
    )


def _dispute(x: float, y: float) -> str:
    return (
        f'<g class="map-dispute"><circle cx="{figure(x)}" cy="{figure(y)}" r="6"/>'
        f'<text x="{figure(x)}" y="{figure(y + 3.5)}">!</text></g>'
    )


def _fold(box: Box) -> str:
    """How many are folded away, on the lower edge of a card."""
    if not box.folded:
        return ""
    text = f"+{box.folded}"
    width = text_width(text, SMALL * BOLDER) + 16
    left, top = (box.width - width) / 2, box.height - 9
    return (
        f'<g class="map-fold"><rect x="{figure(left)}" y="{figure(top)}" width="{figure(width)}" height="18" rx="9"/>'
        f'<text x="{figure(box.width / 2)}" y="{figure(top + 13)}">{text}</text></g>'
    )


def _spoken(box: Box, words: Words) -> str:
    """What a screen reader says of a card."""
    card, stone = box.card, box.card.stone
    said = [
        card.name,
        card.title,
        words.vacant if card.is_vacant else "",
        words.key if card.is_key else "",
        words.outsider if card.is_outsider else "",
        *(f"{role.letter} ({words.inherited})" if role.is_inherited else role.letter for role in card.roles),
        "" if card.is_vacant else stone.told or stone.text,
        words.expired if stone.is_expired else "",
        words.disputed if stone.is_disputed else "",
        (card.clock.told or card.clock.text) if card.clock else "",
        words.counterpart(card.counterpart) if card.counterpart else "",
        words.changed if card.is_changed else "",
        words.folded(box.folded) if box.folded else "",
    ]
    return words.comma.join(filter(None, said))
