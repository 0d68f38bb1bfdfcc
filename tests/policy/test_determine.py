"""A household asked about: a determination with everything that follows, or only a screen; never one for the other."""

import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from policy.small_law import DAY, LINE, ask, book, determination, document, row, with_wages
from wenhou.base.errors import Refused
from wenhou.policy.applications import overlay, reader
from wenhou.policy.applications.faults import ApplicationFault
from wenhou.policy.asking.determinations import Determination, Screen, determine
from wenhou.policy.telling import replies, trees

ROOT = Path(__file__).resolve().parents[2]


def test_a_determination_has_category_amount_and_package() -> None:
    found = determination()
    assert (found.category.value, found.category.answer) == ("DB", "known")
    assert [(one.name, one.value, one.shown) for one in found.amounts] == [
        ("dibao_amount", 144700, "1,447.00元/月")
    ]
    assert [(one.name, one.answer) for one in found.package] == [("item_yl01", "yes")]
    assert [(one.whose, one.answer) for one in found.of_people("counts")] == [
        ("王某", "yes"),
        ("李某", "yes"),
    ]
    assert [(one.name, one.value, one.basis) for one in found.standards] == [
        ("dibao_urban", LINE, "银川市低保标准 低保标准")
    ]
    assert found.refusals == ()


def test_a_known_veto_refuses_and_nothing_else_does() -> None:
    barred = determination(本户={"有汽车": "是", "汽车豁免理由": "无"}, 已核对=[])
    assert (barred.category.value, barred.amounts) == ("QT", ())
    unknown = determination(**with_wages("不知道"))
    assert (unknown.category.value, unknown.category.answer, unknown.category.shown) == (
        None,
        "unknown",
        "不知道",
    )
    assert [(gap.name, gap.label, gap.whose) for gap in unknown.category.missing] == [
        ("wages_12m", "近12个月工资性收入", "王某")
    ]
    assert (unknown.amounts[0].answer, unknown.package[0].answer, unknown.refusals) == (
        "unknown",
        "unknown",
        (),
    )


def test_a_standard_that_lacks_is_named_and_nothing_is_decided() -> None:
    found = determination(known=())
    assert [gap.label for gap in found.category.missing] == ["城市低保标准"]


def test_a_household_that_has_not_authorised_is_screened_only() -> None:
    for authorised, who in (("否", ("王某", "李某")), ("不知道", ("王某", "李某"))):
        found = ask(授权=authorised, 已核对=["DI26", "DI06", "申报"])
        assert isinstance(found, Screen)
        assert found.unauthorised == who
        assert [(one.name, one.value) for one in found.visible] == [("seen_income_12m", 100000)]
        assert not hasattr(found, "category")
        assert not hasattr(found, "amounts")
        assert "category" not in replies.reply(found)
    child = {"小王": {"与申请人关系": "子女", "出生日期": date(2015, 1, 1), "有有效授权书": "否"}}
    found = ask(人员=document()["人员"] | child)
    assert isinstance(found, Screen)
    assert found.unauthorised == ()


def test_a_screen_and_a_determination_share_nothing_and_do_not_change() -> None:
    assert not issubclass(Screen, Determination)
    assert not issubclass(Determination, Screen)
    assert Screen.__mro__[1] is Determination.__mro__[1] is object
    with pytest.raises(FrozenInstanceError):
        determination().reasons = {}  # type: ignore[misc]


def test_mypy_refuses_a_screen_where_a_determination_is_asked(tmp_path: Path) -> None:
    script = tmp_path / "pay.py"
    script.write_text(
        "from wenhou.policy.asking.determinations import Determination, Screen\n"
        "from wenhou.policy.telling.replies import determination\n"
        "def one(found: Determination) -> None: determination(found, [])\n"
        "def two(found: Screen) -> None: determination(found, [])\n"
        "def three(found: Determination | Screen) -> None: determination(found, [])\n"
    )
    words = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file=",
        "--follow-imports=silent",
        "--ignore-missing-imports",
    ]
    done = subprocess.run(
        [*words, f"--cache-dir={tmp_path}", str(script)],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert [line.split(":")[1] for line in errors] == ["4", "5"]
    assert all("[arg-type]" in line for line in errors)


def test_standards_with_the_case_fill_gaps_only_and_say_so() -> None:
    found = determination(城乡="农村", 标准={"dibao_rural": "500.00元"})
    assert [(one.name, one.basis, one.given) for one in found.standards] == [
        ("dibao_rural", "随案提供", True)
    ]
    assert found.amounts[0].value == 91700
    with pytest.raises(Refused) as refusal:
        ask(标准={"城市低保标准": "800.00元"})
    assert refusal.value.message == (
        "文件的标准里写了“城市低保标准”：640104在2025-10-15已有765.00元/月（银川市低保标准 低保标准），随案只能补缺的；"
        "请删去，要试别的数请用 --standards。"
    )


def test_standards_of_a_file_of_their_own_prevail_and_say_so() -> None:
    law = book()
    given = overlay.read(
        {
            "dibao_urban": [
                {
                    "division": "6401",
                    "since": date(2025, 1, 1),
                    "value": "660.00",
                    "unit": "元/月",
                    "document": "某通知",
                },
                {
                    "division": "6401",
                    "since": date(2025, 12, 1),
                    "value": "999.00",
                    "unit": "元/月",
                    "document": "下一个",
                },
            ],
            "dibao_rural": "500.00元",
        },
        book=law,
    )
    found = determine(document(), known=(row(),), given=given, book=law)
    assert isinstance(found, Determination)
    assert [(one.value, one.basis) for one in found.standards] == [(66000, "某通知（随案提供）")]
    for told in ({"dibao": "1.00元"}, {"dibao": []}, {"dibao_urban": [1]}, [1]):
        with pytest.raises(Refused):
            overlay.read(told, book=law)


def test_what_decides_provisionally_or_past_its_review_is_told() -> None:
    late = row(provisional=True, review_by=date(2025, 6, 30))
    (held,) = determination(known=(late,)).standards
    assert (held.provisional, held.overdue) == (True, True)
    assert held.basis == "银川市低保标准 低保标准（暂定，已过复核日2025-06-30）"
    told = trees.told(determination(known=(late,)).question, determination(known=(late,)).reasons.values())
    assert (told["dibao_urban@本户"]["basis"], told["dibao_urban@本户"]["overdue"]) == (held.basis, True)


def test_reasons_are_told_once_with_article_source_and_day() -> None:
    found = determination(已核对={"DI26": "2025-09-30", "申报": None, "DI06": None, "SA-AUTH": None})
    told = trees.told(found.question, found.reasons.values())
    assert told["qualifies_for_dibao@本户"]["law"] == "办法第9条"
    assert told["wages_12m@李某"] == {
        "kind": "fact", "label": "近12个月工资性收入", "answer": "known", "value": 0, "shown": "0.00元", "unit": "fen",
        "told": "无记录", "sources": ["DI26"], "on": "2025-09-30",
    }  # fmt: skip
    assert (told["has_vehicle@本户"]["told"], told["has_vehicle@本户"]["on"]) == ("写明", "2025-10-15")
    seen = [part["see"] for part in told["category@本户"]["because"][0]["because"] if "see" in part]
    assert seen == ["qualifies_for_dibao@本户"]


def test_another_day_may_be_asked_and_impossible_ones_are_refused() -> None:
    with pytest.raises(ApplicationFault, match="晚于所问的1960-01-01"):
        determine(document(), date(1960, 1, 1), known=(), book=book())
    told = reader.read(document(), book=book())
    assert told.as_of == DAY
    with pytest.raises(Refused, match="按另一天读的"):
        determine(told, date(2025, 1, 1), known=(), book=book())


def test_the_reply_for_machines_says_the_same() -> None:
    told = replies.reply(determination(**with_wages("不知道")), why="all")
    assert (told["kind"], told["division"], told["as_of"]) == ("determination", "640104", "2025-10-15")
    assert told["category"] == {
        "name": "category", "label": "类别", "whose": "本户", "answer": "unknown", "value": None, "unit": "text",
        "shown": "不知道", "missing_set": 0,
    }  # fmt: skip
    assert told["missing_sets"][0] == [0]
    assert told["missing"] == [
        {
            "name": "wages_12m",
            "label": "近12个月工资性收入",
            "whose": "王某",
            "kind": "fact",
            "sources": ["DI26"],
        }
    ]
    assert told["ask"] == [
        {
            "whose": ["王某"],
            "whom": "个人所得税扣缴申报",
            "sources": ["DI26"],
            "facts": [{"name": "wages_12m", "label": "近12个月工资性收入"}],
        }
    ]
    assert told["refusals"] == []
    assert told["reasons"]["wages_12m@王某"]["told"] == "写明不知道"
