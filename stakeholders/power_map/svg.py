"""A power map as SVG: classes and geometry only, its colours come from the style sheet."""

from collections.abc import Iterable

from stakeholders.power_map.scene import Area, Pull, Scene, Tie
from stakeholders.power_map.svg_card import draw_card
from stakeholders.power_map.svg_text import figure, line, told
from stakeholders.power_map.widths import SMALL
from stakeholders.power_map.words import Words

STRONGEST = 3


def draw(scene: Scene, *, words: Words) -> str:
    """The scene from the ground up: areas, ties, pulls, cards."""
    width, height = figure(scene.width), figure(scene.height)
    levels = _levels(scene)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="power-map" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="tree" aria-label="{told(words.map)}">{DEFINED}',
        _group("map-areas", map(_area, scene.areas)),
        _group("map-ties", map(_tie, scene.ties)),
        _group("map-pulls", map(_pull, scene.pulls)),
        *(draw_card(box, levels[box.card.key], words) for box in scene.boxes),
        "</svg>",
    ]
    return "".join(parts)


def _hatch(key: str) -> str:
    return (
        f'<pattern id="map-{key}" class="map-hatch {key}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M1.25 0V5"/></pattern>'
    )


def _arrow(key: str) -> str:
    return (
        f'<marker id="map-{key}" class="map-{key}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" '
        f'markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 10 5 0 10z"/></marker>'
    )


DEFINED = f"<defs>{_hatch('unknown')}{_hatch('expired')}{_arrow('arrow')}{_arrow('clash')}</defs>"


def _levels(scene: Scene) -> dict[str, int]:
    """How deep each card stands; ties come from the top down."""
    levels = {box.card.key: 1 for box in scene.boxes}
    for tie in scene.ties:
        levels[tie.below] = levels[tie.above] + 1
    return levels


def _group(css: str, parts: Iterable[str]) -> str:
    return f'<g class="{css}" aria-hidden="true">{"".join(parts)}</g>'


def _area(area: Area) -> str:
    x, y, width, height = map(figure, (area.x, area.y, area.width, area.height))
    name = line("", area.name, area.x + 12, area.y + area.height - 9, room=area.width - 24, size=SMALL)
    return (
        f'<g class="map-area" data-unit="{told(area.key)}">'
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12"/>{name}</g>'
    )


def _tie(tie: Tie) -> str:
    corners = "L".join(f"{figure(x)} {figure(y)}" for x, y in tie.points)
    return f'<path class="map-tie" data-above="{told(tie.above)}" data-below="{told(tie.below)}" d="M{corners}"/>'


def _pull(pull: Pull) -> str:
    """An arrow as thick as it is strong; one in conflict is crossed in its middle."""
    start, *rest = (f"{figure(x)} {figure(y)}" for x, y in pull.points)
    strength = max(1, min(pull.strength, STRONGEST))
    css = f"map-pull of-{strength}" + " is-conflict" * pull.is_conflict + " is-informal" * pull.is_informal
    title = f"<title>{told(pull.told)}</title>" if pull.told else ""
    return (
        f'<g class="{css}" data-source="{told(pull.source)}" data-target="{told(pull.target)}">{title}'
        f'<path d="M{start}C{" ".join(rest)}" marker-end="url(#map-{"clash" if pull.is_conflict else "arrow"})"/>'
        f"{_cross(pull) if pull.is_conflict else ''}</g>"
    )


def _cross(pull: Pull) -> str:
    """A cross in the middle of a curve."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = pull.points
    x, y = (x0 + 3 * (x1 + x2) + x3) / 8, (y0 + 3 * (y1 + y2) + y3) / 8
    return (
        f'<circle cx="{figure(x)}" cy="{figure(y)}" r="7"/>'
        f'<path class="map-cross" d="M{figure(x - 3)} {figure(y - 3)}l6 6m0-6l-6 6"/>'
    )
