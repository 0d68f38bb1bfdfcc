"""`watch run` as it is typed: what it refuses, in one sentence and with exit code 2."""

import json
from datetime import date

import pytest

from monitoring import factories
from wenhou.monitoring.models import Run
from wenhou.site import cli

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--as-of 2026-11-03", "数据截至日2026-11-03晚于办理日2026-11-02，还没有到，不能运行。"),
        ("--as-of 2030-01-01 --on 2030-01-01", "办理日2030-01-01还没有到，不能运行。"),
        (
            "--as-of 2026-10-30",
            "这个地方已按2026-10-31的数据判断过，不能再退回2026-10-30；请用2026-10-31或以后的日期。",
        ),
        (
            "--as-of 2026-10-30 --indicators D01",
            "这个地方已按2026-10-31的数据判断过，不能再退回2026-10-30；请用2026-10-31或以后的日期。",
        ),
        ("--as-of 2026-10-31 --division abc", "“abc”不是区划代码：应为2、4、6、9或12位数字。"),
    ],
)
def test_refused(
    words: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-11-02")
    factories.run()
    assert cli.main(["watch", "run", *words.split(), "--json"]) == 2
    assert json.loads(capsys.readouterr().err) == {"error": sentence}
    assert Run.objects.count() == 1


def test_an_autumn_long_past_can_be_asked_about_today(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-11-02")
    assert cli.main(["watch", "run", "--as-of", "2024-11-15", "--indicators", "D01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], Run.objects.get().as_of) == ("done", date(2024, 11, 15))
