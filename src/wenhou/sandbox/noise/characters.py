"""What becomes of a name: other characters of the same sound, other forms of the same character, lost ones, other names."""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from pypinyin import Style, lazy_pinyin

from wenhou.sandbox.noise.called import CHARACTERS, COMPOUND

_TRADITIONAL = (
    "国國 华華 丽麗 兰蘭 龙龍 凤鳳 杰傑 军軍 东東 伟偉 强強 刚剛 庆慶 义義 "
    "云雲 红紅 艳豔 艳艷 飞飛 鹏鵬 宝寶 贵貴 荣榮 学學 银銀 莲蓮 叶葉 兴興 "
    "万萬 丰豐 马馬 刘劉 张張 陈陳 杨楊 赵趙 黄黃 吴吳 孙孫 罗羅 郑鄭 谢謝 "
    "韩韓 冯馮 邓鄧 许許 苏蘇 吕呂 蒋蔣 卢盧 贾賈 锁鎖 买買 纳納 单單 缪繆 "
    "贤賢 颖穎 瑶瑤 莹瑩 锋鋒 维維 绪緒 绍紹 缘緣 钦欽 铭銘 锦錦 长長 风風 "
    "齐齊 运運 业業 乐樂 仪儀 优優 亚亞 琼瓊 琐瑣 娇嬌 婵嬋 妇婦 应應 怀懷 "
    "显顯 晓曉 梦夢 静靜 娴嫻 涛濤 宁寧 泽澤 浓濃 辉輝 钟鐘 铁鐵 财財 发發 "
    "爱愛 满滿 芦蘆 萧蕭"
)
_VARIANT = (
    "峰峯 群羣 升昇 升陞 哲喆 秋秌 略畧 泉湶 晰皙 雁鴈 岩巖 岩嵒 坤堃 启啓 "
    "启啟 强彊 玺璽 仙僊 苏甦 碧璧 邱丘 闫阎 付傅 肖萧 戴代 詹占 于於 余佘 "
    "令凌 勋勛 勋勳 昆崑 岗崗 岳嶽 彩綵 志誌 准準 淑婌 妍姸 晋晉 昂昻 吉𠮷 "
    "亮煷"
)
_LOOK_ALIKE = (
    "晴睛 玲铃 己已 末未 天夫 士土 洋祥 梅海 娟捐 婷停 惠慧 净静 军车 英莫 "
    "红江 燕焉 艳绝 芳芬 兰三 丽两 强弦 伟纬 明朋 辉挥 敏每 霞震 凤风 玉王 "
    "花化 秀季 香杳 翠萃 琴瑟 珍诊 云去 平干 建健 国围 文交 学字 生牛 林木 "
    "永水 新亲 成戊 福富 贵责 宁宇 斌赋 金全 浩洁 佳住 俊峻 涛淘 戌戍 马乌 "
    "杨扬 刘列 陈阵 丁厅 田由 白自 哈蛤 海侮 沙纱 何河 张帐 晨晟 雪雷 雨两 "
    "梓桦 涵函 轩轮 子予 怡治 欣砍"
)
_DIALECT = (
    ("ing", "in"), ("eng", "en"), ("ang", "an"), ("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("h", "f"), ("ong", "en"),
)  # fmt: skip
_HUSBANDS = tuple("王李张刘陈杨马赵黄周吴徐孙")
_PET = {
    1: (
        "尕娃",
        "小军",
        "小强",
        "毛蛋",
        "铁蛋",
        "石头",
        "二娃",
        "老三",
        "五十",
        "社社",
        "穆萨",
        "尔沙",
        "哈三",
    ),
    2: (
        "小红",
        "尕花",
        "毛女",
        "改改",
        "小花",
        "二女",
        "引弟",
        "娃娃",
        "小燕",
        "阿舍",
        "法图麦",
        "索非亚",
        "麦燕",
    ),
}
_MARKS = ("（大）", "(小)", "1", "2", "*", "（女）", "（已故）")
_DOTS = ("", ".", "•", "・", " ", "－", "。", "‧")

# Whoever picks a wrong character mostly picks one that names are made of.
_LIKE_A_NAME = 0.75

Draw = np.random.Generator


def _pairs(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in map(tuple, text.split()):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


_FORMS = {
    one: [*_pairs(_TRADITIONAL).get(one, []), *_pairs(_VARIANT).get(one, [])]
    for one in {*_TRADITIONAL, *_VARIANT} - {" "}
}
_ALIKE = _pairs(_LOOK_ALIKE)


@cache
def _sounds() -> Mapping[str, list[str]]:
    """Characters by sound with tone and, under the bare syllable, without: the 3,755 common ones of GB 2312."""
    common = [
        bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA)
    ]  # fmt: skip
    found: dict[str, list[str]] = {}
    for one, bare, toned in zip(
        common, lazy_pinyin(common), lazy_pinyin(common, style=Style.TONE3), strict=True
    ):
        found.setdefault(bare, []).append(one)
        found.setdefault("=" + toned, []).append(one)
    return found


@cache
def _sound(one: str) -> tuple[str, str]:
    return lazy_pinyin(one)[0], "=" + lazy_pinyin(one, style=Style.TONE3)[0]


def surname_length(name: str) -> int:
    """Two for a compound surname, else one."""
    return 2 if name[:2] in COMPOUND else 1


def wrong(kind: str, name: str, sex: int, draw: Draw) -> str | None:
    """The name with one mistake of that kind; None where the name does not admit it."""
    made = _MAKERS[kind](name, sex, draw)
    return made if made and made != name else None


def without_dot(name: str, draw: Draw) -> str:
    """A minority name as systems that know no middle dot write it."""
    return name.replace("·", str(draw.choice(_DOTS)))


def _changed(name: str, draw: Draw, others: Callable[[str], list[str]], of_surname: float) -> str | None:
    """One character for another; the surname's less often than the others."""
    length = surname_length(name)
    places = [at for at in range(length, len(name)) if others(name[at])]
    if draw.random() < of_surname:
        places = [at for at in range(length) if others(name[at])] or places
    if not places:
        return None
    at = int(draw.choice(places))
    found = others(name[at])
    usual = [one for one in found if one in CHARACTERS] if at >= length else []
    other = draw.choice(usual if usual and draw.random() < _LIKE_A_NAME else found)
    return name[:at] + str(other) + name[at + 1 :]


def _homophone(name: str, sex: int, draw: Draw) -> str | None:
    toned = draw.random() < 0.8

    def others(one: str) -> list[str]:
        bare, exact = _sound(one)
        found = _sounds().get(exact if toned else bare, [])
        return [other for other in found if other != one]

    return _changed(name, draw, others, 0.12)


def _near_sound(name: str, sex: int, draw: Draw) -> str | None:
    def others(one: str) -> list[str]:
        bare = _sound(one)[0]
        near = {
            bare.replace(a, b, 1) for pair in _DIALECT for a, b in (pair, pair[::-1])
            if (bare.startswith(a) if a in ("zh", "ch", "sh", "l", "h", "z", "c", "s", "n", "f") else bare.endswith(a))
        }  # fmt: skip
        return [other for sound in sorted(near - {bare}) for other in _sounds().get(sound, [])]

    return _changed(name, draw, others, 0.08)


def _dropped(name: str, sex: int, draw: Draw) -> str | None:
    length = surname_length(name)
    if len(name) - length < 2:
        return None
    at = int(draw.integers(length, len(name)))
    return name[:at] + name[at + 1 :]


def _swapped(name: str, sex: int, draw: Draw) -> str | None:
    return name[:-2] + name[-1] + name[-2] if len(name) - surname_length(name) >= 2 else None


def _nickname(name: str, sex: int, draw: Draw) -> str:
    length = surname_length(name)
    short = ("小", "老", "尕")[int(draw.integers(3))] + name[-1]
    return name[:length] + (short if draw.random() < 0.4 else str(draw.choice(_PET[sex])))


def _question_mark(name: str, sex: int, draw: Draw) -> str:
    at = int(draw.integers(surname_length(name), len(name)))
    return name[:at] + str(draw.choice(("?", "？", "*", "□", "〓"))) + name[at + 1 :]


def _surname(name: str, sex: int, draw: Draw) -> str:
    other = str(draw.choice(_HUSBANDS))
    return other + name if sex == 2 and draw.random() < 0.2 else other + name[surname_length(name) :]


def _mark_behind(name: str, sex: int, draw: Draw) -> str:
    return name + str(draw.choice(_MARKS))


_MAKERS: dict[str, Callable[[str, int, Draw], str | None]] = {
    "homophone": _homophone,
    "variant": lambda name, sex, draw: _changed(name, draw, lambda one: _FORMS.get(one, []), 0.3),
    "near_sound": _near_sound,
    "character_dropped": _dropped,
    "look_alike": lambda name, sex, draw: _changed(name, draw, lambda one: _ALIKE.get(one, []), 0.1),
    "nickname": _nickname,
    "characters_swapped": _swapped,
    "question_mark": _question_mark,
    "surname": _surname,
    "mark_behind": _mark_behind,
}
