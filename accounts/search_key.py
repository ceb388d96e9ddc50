"""What a name is found by: the folded text, its pinyin and its initials.

A search key is a few short lines, one way of finding a line each. Every writer of a record calls the same
functions, so that what is typed and what is stored fold alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SHORT = 4  # signs of a person's name
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
ACCENTS = re.compile(r"[\u0300-\u036f]")
# Readings a name has and a dictionary of words does not put first.
SURNAME_READINGS = {
    "单": ("shan", "dan"),
    "曾": ("zeng", "ceng"),
    "仇": ("qiu", "chou"),
    "解": ("xie", "jie"),
    "区": ("ou", "qu"),
    "查": ("zha", "cha"),
    "任": ("ren",),
    "华": ("hua",),
    "盖": ("ge", "gai"),
    "召": ("shao", "zhao"),
    "覃": ("qin", "tan"),
    "朴": ("piao", "pu"),
    "乐": ("yue", "le"),
    "缪": ("miao", "mou"),
    "尉": ("wei", "yu"),
    "种": ("chong", "zhong"),
    "洗": ("xian", "xi"),
    "宁": ("ning",),
    "万": ("wan", "mo"),
    "令": ("ling",),
    "翟": ("zhai", "di"),
    "燕": ("yan",),
}


@lru_cache(16384)  # titles, units, names of accounts: a file says the same ten thousand times
def fold(text: str) -> str:
    """Compatibility forms unified, case, accents and surplus space gone: how typed and stored text compare."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text or "").casefold())
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split())


def is_han(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return bool(HAN.search(text or ""))


@lru_cache(8192)  # a name is sorted by and found by, judged and brought in: read several times in a row
def readings(name: str) -> list[list[str]]:
    """Each way to say a Chinese name, in syllables; the surname in all its readings, the rest in the usual one."""
    syllables = syllables_of(name)
    if not syllables or not is_han(name[0]):
        return [syllables]
    readings = (*SURNAME_READINGS.get(name[0], ()), syllables[0], *readings_of_sign(name[0]))
    return [[reading, *syllables[1:]] for reading in dict.fromkeys(readings)]


def syllables_of(name: str) -> list[str]:
    """As the dictionary of words reads it; where no word is in a short name, sign by sign, which is all it would do."""
    from pypinyin import lazy_pinyin  # 55 MB: only a writer of names pays for it
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    ends = range(2, len(name) + 1)
    is_plain = len(name) <= SHORT and all(ord(sign) in PINYIN_DICT for sign in name)
    if is_plain and not any(name[start:end] in PHRASES_DICT for end in ends for start in range(end - 1)):
        return [readings_of_sign(sign)[0] for sign in name]
    return lazy_pinyin(name)


@lru_cache(4096)
def readings_of_sign(sign: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(pinyin(sign, style=Style.NORMAL, heteronym=True)[0])


def lines_of_name(name: str) -> list[str]:
    """A name's ways to be found: itself, its full pinyin, its initials."""
    folded = fold(name)
    if not folded:
        return []
    lines = [folded]
    parts = han_parts(name)
    if len(parts) > 1:  # 王 伟 is looked for as 王伟, too
        parts.append("".join(parts))
        lines.append(fold(parts[-1]))
    for part in parts:
        for syllables in readings(part):
            lines += ["".join(syllables).casefold(), initials(syllables)]
    words = [word for word in re.split(r"[\s\-·.]+", folded) if word and not is_han(word)]
    if len(words) > 1:
        lines += ["".join(words), "".join(word[0] for word in words)]
    return lines


def spoken(name: str) -> tuple[str, str]:
    """How a name is typed by its sound: in full and by its initials, the surname in its usual reading."""
    parts = han_parts(name)
    words = readings("".join(parts))[0] if parts else re.split(r"[\s\-·.]+", fold(name))
    return "".join(words).casefold(), initials(words)


def han_parts(name: str) -> list[str]:
    """The Chinese stretches of a name written in two scripts."""
    return [part for part in re.split(r"[\s·,;/()]+", unicodedata.normalize("NFKC", name)) if is_han(part)]


def initials(syllables: Iterable[str]) -> str:
    """The first letters: 王伟 → ww."""
    return "".join(syllable[0] for syllable in syllables if syllable).casefold()


def search_key(names: Iterable[str], plain: Iterable[str] = ()) -> str:
    """The stored key: lines of `names` in every reading, then `plain` texts (phones, e-mail, title) folded."""
    lines = [line for name in names for line in lines_of_name(name)]
    lines += [fold(text) for text in plain]
    return "\n".join(dict.fromkeys(line for line in lines if line))[:4000]


@lru_cache(8192)
def sort_key(name: str) -> str:
    """What a list is sorted by: pinyin where the name begins in Chinese, else the folded name."""
    parts = han_parts(name)
    folded = fold(name)
    if parts and folded.startswith(fold(parts[0])):
        return f"{' '.join(readings(parts[0])[0])} {folded}"[:200]
    return folded[:200] or "\uffff"
