"""Where a unit stands in its account's tree, as one text: sorted byte by byte, the texts are the outline.

A key is the path from the root down. Each level adds the beginning of the unit's sort key, a mark that sorts before
any character of one, and the unit's id, so that brothers of one name keep apart with all that stands below them.
What stands below a unit therefore stands right behind it, and begins with its key.

An index holds no longer texts than `LONGEST`. That is room for twelve levels of the longest names, for some thirty of
usual ones. What is deeper still is listed below the last unit whose path had room, level by level, each level by age.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

LONGEST = 2000  # in bytes; PostgreSQL refuses 2,700 in an index
PART = 120
MARK = "\x1f"  # `fold` leaves none in a sort key
TAIL = 40
BEHIND = "\U0010ffff"  # no text sorts behind it
DEEP = re.compile(rf"{MARK}\d{{6}}{MARK}[0-9a-f]{{32}}$")
IDS = re.compile(rf"{MARK}([0-9a-f]{{32}})")


class Node(NamedTuple):
    """A unit, as far as its place goes."""

    id: UUID
    parent: UUID | None
    sort_key: str


class Place(NamedTuple):
    """What is stored of it."""

    key: str
    depth: int


def place_below(above: Place | None, node: Node) -> Place:
    """A unit's place under the one above it, or at the top."""
    if above is None:
        return Place(step(node), 0)
    depth = above.depth + 1
    key = above.key + step(node)
    if is_deep(above.key) or len(key.encode()) > LONGEST - TAIL:
        key = f"{trunk(above.key)}{MARK}{depth:06}{MARK}{node.id.hex}"
    return Place(key, depth)


def step(node: Node) -> str:
    """What one level adds."""
    return f"{beginning(node.sort_key)}{MARK}{node.id.hex}"


def beginning(sort_key: str) -> str:
    """As much of a sort key as its level has room for; whole characters only."""
    return sort_key.encode()[:PART].decode(errors="ignore")


def is_deep(key: str) -> bool:
    """Whether the path had no room for all its levels."""
    return bool(DEEP.search(key))


def trunk(key: str) -> str:
    """The part of a key that is a whole path."""
    return DEEP.sub("", key)


def ids_in(key: str) -> list[UUID]:
    """The units a key names, from the root down: all on the way, or those on the trunk and the unit itself."""
    return [UUID(found) for found in IDS.findall(key)]


def behind(key: str) -> str:
    """The first text behind everything that begins with a key; its last character is a digit or a to f."""
    return key[:-1] + chr(ord(key[-1]) + 1)


def places(nodes: Iterable[Node]) -> dict[UUID, Place]:
    """The place of every unit of a tree. As in `outline`, what stands below nothing known, or in a circle, is at the
    top."""
    nodes = list(nodes)
    known = {node.id for node in nodes}
    roots = [node for node in nodes if node.parent not in known]
    placed = {node.id: place_below(None, node) for node in roots}
    placed |= places_beneath(placed, nodes)
    return {node.id: placed.get(node.id) or place_below(None, node) for node in nodes}


def places_beneath(above: Mapping[UUID, Place], nodes: Iterable[Node]) -> dict[UUID, Place]:
    """The places of those nodes that stand below units whose places are known, however far."""
    children = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node)
    placed: dict[UUID, Place] = {}
    waiting = list(above.items())
    while waiting:
        pk, place = waiting.pop()
        for node in children.pop(pk, ()):
            placed[node.id] = place_below(place, node)
            waiting.append((node.id, placed[node.id]))
    return placed
