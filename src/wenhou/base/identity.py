"""Resident identity numbers (GB 11643): check digit, the 15-digit form upgraded, sex, birth date, masking."""

import re
from dataclasses import dataclass
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_LIKE_A_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)", re.ASCII)


def check_digit(first17: str) -> str:
    """The eighteenth character that GB 11643 derives from the first seventeen digits."""
    return _CHECK[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


@dataclass(frozen=True)
class IdNumber:
    """A valid 18-character number. Build with `parse`, which raises ValueError with a Chinese reason."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "IdNumber":
        text = text.strip().upper()
        if len(text) == 15 and text.isascii() and text.isdigit():
            first17 = text[:6] + "19" + text[6:]
            text = first17 + check_digit(first17)
        if len(text) != 18 or not text.isascii() or not text[:17].isdigit():
            raise ValueError("身份证号应为18位")
        try:
            date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
        except ValueError:
            raise ValueError("身份证号中的出生日期不存在") from None
        if text[17] != check_digit(text[:17]):
            raise ValueError("身份证号校验位不符")
        return cls(text)

    @property
    def birth_date(self) -> date:
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def is_female(self) -> bool:
        return int(self.text[16]) % 2 == 0

    @property
    def masked(self) -> str:
        return mask_id_number(self.text)

    def __str__(self) -> str:
        return self.masked


def mask_id_number(text: str) -> str:
    """First three and last four: '640****0023'."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 8 else "****"


def hide_numbers(text: str) -> str:
    """Whatever looks like an identity number within a text masked: somebody typed it where a name was asked for."""
    return _LIKE_A_NUMBER.sub(lambda found: mask_id_number(found[0]), text)


def mask_name(name: str) -> str:
    """First and, where there are three characters or more, last character: 王＊, 马＊花."""
    if len(name) <= 1:
        return name + "＊" if name else "＊"
    if len(name) == 2:
        return name[0] + "＊"
    return name[0] + "＊" * (len(name) - 2) + name[-1]
