"""Towns and villages of the place, and the few elsewhere that its people are registered in."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wenhou.base.errors import Refused

# A county beside ours from which only residence records and the register came, and one with the register only.
_NEIGHBOURS = ("640121", "640122", "640181")
_HOMES_OF_INCOMERS = ("640424", "640522", "640422")
# Where no official list has a town or a village, so that loading divisions.csv renames nobody's.
_MADE_UP_TOWN = "900"
_MADE_UP_VILLAGES = 900
_TOWN_NAMES = ("凤台", "银河", "朔色", "清渠", "长湖", "塔前", "南关", "北苑", "大柳", "掌桥", "月牙", "通堡")
_VILLAGE_NAMES = ("一", "东", "西", "新", "和", "福", "安", "康", "丰")


@dataclass(frozen=True)
class Places:
    """Villages by row; `rural` and `county` beside them. Rows of counties themselves come last."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    rural: np.ndarray
    urban_rows: np.ndarray
    rural_rows: np.ndarray
    neighbours: tuple[str, str]
    rows_of: dict[str, list[int]]
    towns: tuple[tuple[str, str], ...]
    county: str

    def row(self, code: str) -> int:
        return self.codes.index(code)


def _made_up_towns() -> list[tuple[str, str]]:
    return [
        (f"{number:03d}", name + ("街道" if number <= 8 else "镇"))
        for number, name in enumerate(_TOWN_NAMES, start=1)
    ]


def read_towns(path: Path) -> list[tuple[str, str]]:
    """Towns from a CSV of code (9 digits) and name, with or without a header."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = [(row[0].strip(), row[1].strip()) for row in csv.reader(source) if len(row) >= 2]
    return [(code, name) for code, name in rows if code[:9].isdigit()]


def lay_out(division: str, towns: Sequence[tuple[str, str]] | None) -> Places:
    """The villages of a county: every town has five to nine; towns called 镇 or 乡 are rural."""
    if len(division) != 6 or not division.isdigit() or not division.startswith("64"):
        raise Refused("沙箱目前只会造宁夏的县区：请给出以64开头的六位区划代码。")
    named = list(towns) if towns else [(division + code, name) for code, name in _made_up_towns()]
    if any(code[:6] != division or len(code) != 9 for code, _ in named):
        raise Refused("乡镇表里有不属于该县区或不足九位的代码，请核对后重试。")
    neighbours = [code for code in _NEIGHBOURS if code != division][:2]
    others = [code for code in (*neighbours, *_HOMES_OF_INCOMERS) if code != division]
    named += [(other + _MADE_UP_TOWN, "城关镇") for other in others]
    villages = [
        (
            f"{code}{_MADE_UP_VILLAGES + number}",
            name[:2] + _VILLAGE_NAMES[number - 1] + _kind(name),
            _is_rural(name),
        )
        for code, name in named
        for number in range(1, 6 + int(code[6:9]) % 5)
    ]
    return _assemble(division, villages, named, neighbours)


def _is_rural(town: str) -> bool:
    return town.endswith(("镇", "乡"))


def _kind(town: str) -> str:
    return "村" if _is_rural(town) else "社区"


def _assemble(
    division: str, villages: list[tuple[str, str, bool]], towns: list[tuple[str, str]], neighbours: list[str]
) -> Places:
    codes = [code for code, _, _ in villages]
    rural = np.array([flag for _, _, flag in villages])
    own = np.array([code.startswith(division) for code in codes])
    if not (own & rural).any() or not (own & ~rural).any():
        rural = rural | (np.arange(len(codes)) % 3 == 0)
    rows_of: dict[str, list[int]] = {}
    for row, code in enumerate(codes):
        rows_of.setdefault(code[:6], []).append(row)
    counties = [f"{code}000000" for code in rows_of]
    return Places(
        codes=(*codes, *counties, "640000000000"),
        names=(*(name for _, name, _ in villages), *("" for _ in counties), ""),
        rural=np.r_[rural, np.zeros(len(counties) + 1, bool)],
        urban_rows=np.flatnonzero(own & ~rural[: len(codes)]),
        rural_rows=np.flatnonzero(own & rural[: len(codes)]),
        neighbours=(neighbours[0], neighbours[1]),
        rows_of=rows_of,
        towns=tuple(towns),
        county=division,
    )


def write_divisions(path: Path, places: Places) -> None:
    """code,name as in the official list, twelve digits: the towns and villages used, for the loader of divisions."""
    villages = [(code, name) for code, name in zip(places.codes, places.names, strict=True) if name]
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("code", "name"))
        writer.writerows((code.ljust(12, "0"), name) for code, name in (*places.towns, *villages))
