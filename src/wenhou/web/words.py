"""Dates, amounts and marks as a clerk would write them; shared by template tags and by lists rendered from tuples."""

from datetime import date, datetime

from django.utils.html import escape

from wenhou.base import clock
from wenhou.base.money import format_yuan

_WEEKDAYS = "一二三四五六日"
COLOURS = {"红": "red", "黄": "yellow", "蓝": "blue", "绿": "green"}
ANSWERS = {"yes": ("yes", "是"), "no": ("no", "否"), "unknown": ("unk", "不知道")}
SEXES = {"1": "男", "2": "女"}


def day(value: date, *, year: bool = False) -> str:
    """'4月20日 周四', with the year where asked."""
    head = f"{value.year}年" if year else ""
    return f"{head}{value.month}月{value.day}日 周{_WEEKDAYS[value.weekday()]}"


def long_day(value: date) -> str:
    """'2026年10月20日'."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """'4月16日 02:14' in Beijing time; another year is written out."""
    local = value.astimezone(clock.BEIJING)
    head = "" if local.year == clock.today().year else f"{local.year}年"
    return f"{head}{local.month}月{local.day}日 {local:%H:%M}"


def yuan(fen: int | None) -> str:
    """Yuan with two decimals; what is not known is said so, never written as 0."""
    return "不知道" if fen is None else format_yuan(fen)


def count(number: int) -> str:
    """12,345."""
    return f"{number:,}"


def days_left(left: int | None) -> str:
    """Working days until an answer is due: '剩2个工作日', '今天', '逾期1个工作日'; '' where the year is not covered."""
    if left is None:
        return ""
    if left < 0:
        return f"逾期{-left}个工作日"
    return f"剩{left}个工作日" if left else "今天到期"


def mask(text: str) -> str:
    """A masked name or number as HTML, its stars in a quieter ink."""
    body = escape(text).replace("****", '<i class="lo">****</i>')
    for stars in ("＊" * n for n in range(len(text), 0, -1)):
        if stars in body:
            body = body.replace(stars, f"<i>{stars}</i>")
            break
    return f'<span class="mask">{body}</span>'


def stamp(colour: str, size: str = "") -> str:
    """The square stamp of an alert's severity as HTML."""
    kind = COLOURS.get(colour, "blue")
    return f'<span class="stamp {size} {kind}" role="img" aria-label="{escape(colour)}色预警">{escape(colour)}</span>'


def answer(kind: str) -> str:
    """One of the three answers as HTML."""
    css, word = ANSWERS[kind]
    return f'<span class="ans {css}">{word}</span>'


def state(kind: str, words: str) -> str:
    """A state with its mark as HTML: wait, doing, done, late, unknown."""
    return f'<span class="state {kind}">{escape(words)}</span>'
