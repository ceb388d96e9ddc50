"""What a name is found by: the folded text, its pinyin and its initials.

A search key is a few short lines, one way of finding a line each. Every writer of a record calls the same
functions, so that what is typed and what is stored fold alike.
"""

import re
import unicodedata
from collections.abc import Iterable

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


def fold(text: str) -> str:
    """Compatibility forms unified, case, accents and surplus space gone: how typed and stored text compare."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text or "").casefold())
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split())


def is_han(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return bool(HAN.search(text or ""))


def readings(name: str) -> list[list[str]]:
    """Each way to say a Chinese name, in syllables; the surname in all its readings, the rest in the usual one."""
    from pypinyin import Style, lazy_pinyin, pinyin  # 55 MB: only a writer of names pays for it

    syllables = lazy_pinyin(name)
    if not syllables or not is_han(name[0]):
        return [syllables]
    first = list(SURNAME_READINGS.get(name[0], ()))
    for reading in (syllables[0], *pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]):
        if reading not in first:
            first.append(reading)
    return [[reading, *syllables[1:]] for reading in first]


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


def sort_key(name: str) -> str:
    """What a list is sorted by: pinyin where the name begins in Chinese, else the folded name."""
    parts = han_parts(name)
    folded = fold(name)
    if parts and folded.startswith(fold(parts[0])):
        return f"{' '.join(readings(parts[0])[0])} {folded}"[:200]
    return folded[:200] or "\uffff"
