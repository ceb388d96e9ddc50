"""Which column of a file means what: a guess from its header, and where that says nothing from what stands below it.

Pure: headers, sample cells and the columns a type of record reads go in; beside each header comes a column's name,
or nothing. A guess that is wrong costs more than one that is missing, so what speaks of somebody else (an owner's
e-mail, an assistant's phone) is left to the person.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.files.headers import folded

IGNORED = ""
NOTE = "(note)"  # kept in words beside the record

# What a header may carry without meaning another column: “姓名（必填）”, “Email *”, “电话 1”, “E-mail 2 - Value”.
IN_BRACKETS = re.compile(r"[(（\[【<《][^)）\]】>》]*[)）\]】>》]")
ORNAMENT = re.compile(r"必填项?|选填项?|required|optional|\d+")
OF_SOMEBODY_ELSE = re.compile(
    "owner|manager|assistant|spouse|parent|createdby|modifiedby|createby|负责人|所有人|经理|助理|秘书|上级|创建|修改|配偶"
)
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Only what can be nothing else: keys and days are rows of digits, too.
PHONE = re.compile(
    r"(?:\+|00)\d[\d\s().\-/]{6,}|1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|"
    r"0\d{2,3}[- ]\d{7,8}(?:\s*(?:-|转|ext\.?)\s*\d+)?|\(\d{3,4}\)[\s-]?\d{3,4}[\s-]?\d{4}"
)
ADDRESS_OF_PAGE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
HONORIFIC = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|sir|herr|frau)\.?|先生|女士|小姐", re.IGNORECASE)
MOSTLY = 0.8
SAME, DOUBTED, NUMBERED, BY_CONTENT = 4, 3, 2, 1


@dataclass(frozen=True)
class Target:
    """A column of ours: its name, everything a file may call it, and whether a file may have it several times."""

    name: str
    names: tuple[str, ...]
    is_several: bool = False
    doubted: tuple[str, ...] = ()  # of its names those that mean it only where no surer one stands beside

    @property
    def folded_names(self) -> frozenset[str]:
        return frozenset(map(folded, self.names))


Samples = Mapping[int, Sequence[Any]]  # some cells of each column by its place


def guessed(headers: Sequence[str], samples: Samples, targets: Sequence[Target]) -> list[str]:
    """A target beside each header, the surest first; none twice unless it may stand several times."""
    rated = [
        (-score, place, order, target)
        for place, header in enumerate(headers)
        for order, target in enumerate(targets)
        if (score := likeness(header, samples.get(place, ()), target))
    ]
    found = [IGNORED] * len(headers)
    taken: set[str] = set()
    for _score, place, _order, target in sorted(rated, key=lambda each: each[:3]):
        if not found[place] and (target.is_several or target.name not in taken):
            found[place] = target.name
            taken.add(target.name)
    return found


def likeness(header: str, cells: Sequence[Any], target: Target) -> int:
    """How sure it is that the header means the target; 0 is not at all."""
    plain, names = folded(header), target.folded_names
    if plain in names:
        return (
            SAME if plain not in map(folded, target.doubted) else 0 if mostly(cells, HONORIFIC.fullmatch) else DOUBTED
        )
    if stripped(header) in {stripped(name) for name in target.names}:
        return NUMBERED
    looks = looks_of(target)
    if looks and not OF_SOMEBODY_ELSE.search(plain) and mostly(cells, looks):
        return BY_CONTENT
    return 0


def stripped(header: str) -> str:
    """A header without brackets, numbers and the like; whole where nothing would be left."""
    bare = ORNAMENT.sub("", folded(IN_BRACKETS.sub("", header)))
    return bare or folded(header)


def looks_of(target: Target) -> Callable[[str], Any] | None:
    """How cells look that can stand for this target alone."""
    for beginning, pattern in (("email", E_MAIL), ("phone", PHONE), ("website", ADDRESS_OF_PAGE)):
        if target.name.startswith(beginning):
            return pattern.fullmatch
    return None


def mostly(cells: Sequence[Any], looks: Callable[[str], Any]) -> bool:
    """Whether most of the filled cells look like that."""
    filled = [text for cell in cells if (text := as_text(cell))]
    return bool(filled) and sum(bool(looks(text)) for text in filled) >= MOSTLY * len(filled)


def as_text(cell: Any) -> str:
    """A cell as it was meant: a spreadsheet holds a phone number as a number."""
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def doubled(targets: Iterable[str], several: Iterable[str]) -> set[str]:
    """Targets that more than one column was given, where one alone can have it."""
    seen: set[str] = set()
    twice: set[str] = set()
    for name in targets:
        (twice if name in seen else seen).add(name)
    return twice - set(several) - {IGNORED, NOTE}
