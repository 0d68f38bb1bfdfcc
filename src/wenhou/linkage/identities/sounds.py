"""How a name is read: pinyin without tones, and the looser form in which sounds that are often confused are one.
Variants of a character come from variants.csv. Pure.
"""

import csv
import re
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

from wenhou.registry.search import SURNAMES

_OF_TWO = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "澹台": "tan tai",
}
"""Surnames of two characters read otherwise than the characters alone, syllable by syllable."""
_INITIALS = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"^l"), "n"))
_FINALS = (re.compile(r"(?<=[aei])ng$"), "n")


def sound(name: str) -> str:
    """'单小明' → 'shan xiao ming'."""
    if name[:2] in _OF_TWO:
        return " ".join((_OF_TWO[name[:2]], *map(_syllable, name[2:])))
    if name[:1] in SURNAMES:
        return " ".join((SURNAMES[name[:1]], *map(_syllable, name[1:])))
    return " ".join(map(_syllable, name))


def also(name: str) -> list[str]:
    """Other readings of a name, one character read otherwise each: '单乐' → ['dan le', 'shan yue']. A surname of two
    characters is read as one; as two characters it is the other reading ('尉迟恭' → ['wei chi gong', …]).
    """
    syllables = sound(name).split(" ")
    apart = [" ".join(map(_syllable, name))] if name[:2] in _OF_TWO else []
    for place, character in enumerate(name):
        told = {_syllable(character), polyphones().get(character, ""), SURNAMES.get(character, "")}
        for other in told - {"", syllables[place]}:
            apart.append(" ".join((*syllables[:place], other, *syllables[place + 1 :])))
    return sorted(set(apart) - {" ".join(syllables)})


def loose(sounded: str) -> str:
    """'shan xiao ming' → 'san xiao min': zh ch sh as z c s, l as n, -ang -eng -ing as -an -en -in."""
    return " ".join(map(_loosened, sounded.split(" ")))


@cache
def polyphones() -> dict[str, str]:
    """Characters of names that are read in two ways → the one that pypinyin and SURNAMES do not tell."""
    with (Path(__file__).with_name("polyphones.csv")).open(encoding="utf-8", newline="") as lines:
        return {row["character"]: row["also"] for row in csv.DictReader(lines)}


@cache
def variants() -> tuple[str, str]:
    """Variants and, in the same places, the common characters they stand for."""
    with (Path(__file__).with_name("variants.csv")).open(encoding="utf-8", newline="") as lines:
        rows = [(row["variant"], row["common"]) for row in csv.DictReader(lines)]
    return "".join(variant for variant, _ in rows), "".join(common for _, common in rows)


@cache
def _syllable(character: str) -> str:
    return "".join(lazy_pinyin(character)).lower()


@cache
def _loosened(syllable: str) -> str:
    for pattern, plain in _INITIALS:
        syllable = pattern.sub(plain, syllable)
    return _FINALS[0].sub(_FINALS[1], syllable)
