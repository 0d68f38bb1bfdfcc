"""What the shared face writes."""

from datetime import UTC, date, datetime

import pytest

from wenhou.web import words


@pytest.mark.parametrize(
    ("left", "said"),
    [(2, "剩2个工作日"), (0, "今天到期"), (-1, "逾期1个工作日"), (None, "")],
)
def test_days_left(left: int | None, said: str) -> None:
    assert words.days_left(left) == said


def test_days_and_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2024-11-15")
    assert words.day(date(2024, 11, 14)) == "11月14日 周四"
    assert words.long_day(date(2024, 11, 5)) == "2024年11月5日"
    assert words.moment(datetime(2024, 11, 14, 18, 14, tzinfo=UTC)) == "11月15日 02:14"
    assert words.moment(datetime(2022, 12, 5, 0, 0, tzinfo=UTC)) == "2022年12月5日 08:00"


def test_what_is_not_known_is_never_nought() -> None:
    assert words.yuan(None) == "不知道"
    assert words.yuan(0) == "0.00"
    assert words.yuan(4_318_640) == "43,186.40"


@pytest.mark.parametrize(
    ("given", "html"),
    [
        ("王＊", '<span class="mask">王<i>＊</i></span>'),
        ("欧＊＊娜", '<span class="mask">欧<i>＊＊</i>娜</span>'),
        ("640****0023", '<span class="mask">640<i class="lo">****</i>0023</span>'),
        ("<b>＊", '<span class="mask">&lt;b&gt;<i>＊</i></span>'),
    ],
)
def test_masks_are_quiet_and_escaped(given: str, html: str) -> None:
    assert words.mask(given) == html


def test_marks_say_their_word() -> None:
    assert words.answer("unknown") == '<span class="ans unk">不知道</span>'
    assert 'aria-label="红色预警"' in words.stamp("红")
    assert words.state("late", '"<逾期>') == '<span class="state late">&quot;&lt;逾期&gt;</span>'
