"""How likely two records are one person, and why. Pure: facts in, a figure from 0 to 100 and its reasons out.

Each thing two people have in common is a piece of evidence with a weight; pieces add up as independent chances do, so
one more never makes them less alike. What many share says little: a switchboard's number, a name half a city bears.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rapidfuzz import fuzz

from accounts.search_key import HAN, fold, initials, is_han

# From here on somebody is asked.
WORTH_ASKING = 60
# Names of less are too short for a slip of the pen to be told from another name.
LONG_ENOUGH = 8
SLIP = 88.0
# Of pinyin one letter makes another name: Zhang Wei is not Zhang Wen.
PINYIN = re.compile(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]+(?:ng|n|r)?\s*)+")


class Why(StrEnum):
    """What two people have in common, the strongest first."""

    EMAIL = "email"
    MOBILE = "mobile"
    MESSENGER = "messenger"
    NAME = "name"
    SCRIPTS = "scripts"
    PHONE = "phone"
    SPELLING = "spelling"
    SOUND = "sound"
    GROUP = "group"
    MOVED = "moved"
    TITLE = "title"


WEIGHTS = {
    Why.EMAIL: 0.9,
    Why.MOBILE: 0.85,
    Why.MESSENGER: 0.85,
    Why.PHONE: 0.4,
    Why.NAME: 0.75,
    Why.SCRIPTS: 0.7,
    Why.SPELLING: 0.6,
    Why.SOUND: 0.25,
    Why.GROUP: 0.4,
    Why.MOVED: 0.3,
    Why.TITLE: 0.2,
}
OF_KIND = {"email": Why.EMAIL, "mobile": Why.MOBILE, "phone": Why.PHONE, "wechat": Why.MESSENGER}
REACH = frozenset({Why.EMAIL, Why.MOBILE, Why.MESSENGER, Why.PHONE})
NAMES = frozenset({Why.NAME, Why.SCRIPTS, Why.SPELLING, Why.SOUND})
# At different customers a name alone says less; under different names a number may be an assistant's.
ELSEWHERE, UNDER_ANOTHER_NAME = 0.6, 0.5


@dataclass(frozen=True)
class Facts:
    """What is compared of a person."""

    id: UUID
    account: UUID
    group: UUID
    names: frozenset[str]
    spoken: frozenset[str]
    ways: Mapping[str, str]  # normalised → kind
    title: str = ""
    has_left: bool = False


@dataclass(frozen=True)
class Crowd:
    """How many people share what these two share: a number or address each, and the name."""

    ways: Mapping[str, int]
    namesakes: int = 2


@dataclass(frozen=True)
class Judgement:
    """How alike they are, and by what."""

    likeness: int
    reasons: tuple[Why, ...]

    @property
    def is_worth_asking(self) -> bool:
        return self.likeness >= WORTH_ASKING


def judge(one: Facts, other: Facts, crowd: Crowd) -> Judgement:
    """Weigh all that the two have in common."""
    found = evidence(one, other, crowd)
    unlike = 1.0
    for weight in found.values():
        unlike *= 1 - weight
    return Judgement(round(100 * (1 - unlike)), tuple(why for why in Why if why in found))


def evidence(one: Facts, other: Facts, crowd: Crowd) -> dict[Why, float]:
    """The pieces with the weight each has here."""
    name = same_name(one, other)
    found = of_reach(one, other, crowd)
    if name is None:
        return {why: weight * UNDER_ANOTHER_NAME for why, weight in found.items()}
    found[name] = WEIGHTS[name]
    if one.account != other.account:
        found[name] *= ELSEWHERE / rarity(crowd.namesakes)
        if one.group == other.group:
            found[Why.GROUP] = WEIGHTS[Why.GROUP]
        if one.has_left != other.has_left:
            found[Why.MOVED] = WEIGHTS[Why.MOVED]
    if one.title and one.title == other.title:
        found[Why.TITLE] = WEIGHTS[Why.TITLE]
    return found


def of_reach(one: Facts, other: Facts, crowd: Crowd) -> dict[Why, float]:
    """Numbers and addresses both have; of several of a kind the one that fewest share."""
    found: dict[Why, float] = {}
    for way in one.ways.keys() & other.ways.keys():
        kinds = {OF_KIND.get(one.ways[way]), OF_KIND.get(other.ways[way])}
        why = Why.PHONE if Why.PHONE in kinds else OF_KIND.get(one.ways[way])
        if why is not None:
            found[why] = max(found.get(why, 0.0), WEIGHTS[why] / rarity(crowd.ways.get(way, 2)))
    return found


def rarity(bearers: int) -> int:
    """By how much it counts less that so many share it: two are as few as can be."""
    return max(1, bearers - 1)


def same_name(one: Facts, other: Facts) -> Why | None:
    """In what way they may bear one name; None for different ones. Where both are written in Chinese, that counts."""
    written = [frozenset(filter(is_han, facts.names)) for facts in (one, other)]
    if all(written):
        found = Why.NAME if written[0] & written[1] else Why.SOUND
        return found if found is Why.NAME or one.spoken & other.spoken else None
    if one.names & other.names:
        return Why.NAME
    if one.spoken & other.spoken:
        return Why.SCRIPTS
    return Why.SPELLING if any(is_slip(a, b) for a in one.spoken for b in other.spoken) else None


def is_slip(one: str, other: str) -> bool:
    """Whether two spellings may be of one name."""
    if min(len(one), len(other)) < LONG_ENOUGH or PINYIN.fullmatch(one) or PINYIN.fullmatch(other):
        return False
    return fuzz.ratio(one, other) >= SLIP


# What a name is compared by ------------------------------------------------------------------------------------------


def names_of(name: str, other_names: str) -> frozenset[str]:
    """Every name as it is compared: folded, in Latin letters without order, in Chinese without gaps."""
    every = [name, *other_names.replace("，", ",").replace("、", ",").split(",")]
    return frozenset(plain for each in every for plain in plain_names(each))


def plain_names(name: str) -> set[str]:
    """One name: 王 伟 → 王伟, Wei WANG → wang wei; written in both scripts, each by itself."""
    words = fold(name).split()
    latin = sorted(word for word in words if not is_han(word))
    written = "".join(word for word in words if is_han(word))
    is_full = len(latin) > 1 or not written  # one word beside a Chinese name is a nickname
    return {each for each in (written, " ".join(latin) if is_full else "") if each}


def spoken(search_key: str, ways: Iterable[str] = ()) -> frozenset[str]:
    """How the names in a search key are said, in one word: full pinyin, Latin names in either order.

    Initials are left out, and so are ways to reach somebody, which stand in the key as well.
    """
    lines = [line for line in search_key.split("\n") if line not in set(map(fold, ways))]
    short = {len(HAN.findall(line)) for line in lines}
    said = {line for line in lines if line.isascii() and line.isalpha() and len(line) not in short}
    for words in (line.split() for line in lines if " " in line and not is_han(line)):
        said.discard(initials(words))
        said |= {"".join(words), "".join([words[-1], *words[:-1]])}
    return frozenset(said)
