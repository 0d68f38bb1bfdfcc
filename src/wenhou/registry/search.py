"""What a name may be found by: its characters, their bigrams, full pinyin and initials. Pure.

Trigram search does not help names of one to three characters; an array with an inverted index does.
"""

import itertools
from functools import cache

from pypinyin import lazy_pinyin

SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "曾": "zeng",
    "解": "xie",
    "查": "zha",
    "盖": "ge",
    "区": "ou",
    "朴": "piao",
    "任": "ren",
    "华": "hua",
    "翟": "zhai",
    "缪": "miao",
    "覃": "qin",
    "员": "yun",
    "乐": "yue",
    "折": "she",
    "黑": "he",
    "繁": "po",
    "种": "chong",
    "秘": "bi",
    "洗": "xian",
    "都": "du",
    "卜": "bu",
    "宓": "mi",
    "佴": "nai",
    "隗": "wei",
    "万俟": "moqi",
    "尉迟": "yuchi",
    "长孙": "zhangsun",
    "单于": "chanyu",
    "澹台": "tantai",
}
"""Surnames read otherwise than the character alone."""

LONGEST = 60


def tokens(name: str) -> list[str]:
    """'单小明' → ['单', '小', '明', '单小', '小明', 'shanxiaoming', 'sxm'], each once."""
    characters = [character for character in name.strip() if character.isalnum()]
    bigrams = [left + right for left, right in itertools.pairwise(characters)]
    syllables = _syllables(characters)
    spelt = ["".join(syllables), "".join(syllable[0] for syllable in syllables)] if syllables else []
    return list(dict.fromkeys(token[:LONGEST] for token in (*characters, *bigrams, *spelt)))


def wanted(text: str) -> list[str]:
    """Tokens a name must have to be found by this text: bigrams of characters, a single one, or pinyin."""
    characters = [character for character in text.strip().lower() if character.isalnum()]
    if not characters:
        return []
    if all(character.isascii() for character in characters):
        return ["".join(characters)[:LONGEST]]
    bigrams = [left + right for left, right in itertools.pairwise(characters)]
    return bigrams or characters


def _syllables(characters: list[str]) -> list[str]:
    for length in (2, 1):
        surname = "".join(characters[:length])
        if surname in SURNAMES and len(surname) == length:
            return [SURNAMES[surname], *(_syllable(character) for character in characters[length:])]
    return [_syllable(character) for character in characters]


@cache
def _syllable(character: str) -> str:
    return "".join(lazy_pinyin(character)).lower()
