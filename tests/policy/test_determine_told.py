"""What the command says: readable, no wider than a terminal, quiet unless asked why; refusals in one sentence, code 2."""

import json
from datetime import date
from pathlib import Path

import pytest

from policy.small_law import ask, book, determination, row, with_wages
from wenhou.policy import answers, queries
from wenhou.policy.applications import reader, strict
from wenhou.policy.asking import changes
from wenhou.policy.asking.determinations import Determination, Screen, determine
from wenhou.policy.telling.household import screen_text, text
from wenhou.policy.telling.lines import WIDTH, padded, width, wrapped
from wenhou.site import cli

HOUSEHOLD = """
日期: 2025-10-15
区划: "640104"
城乡: 城市
已核对: 全部
授权: 是
人员:
  马某: {与申请人关系: 申请人, 性别: 男, 出生日期: 1980-05-01, 近12个月职工与机关养老金: 14400.00元}
  李某: {与申请人关系: 配偶, 性别: 女, 出生日期: 1982-05-01}
  马小: {与申请人关系: 子女, 性别: 男, 出生日期: 2016-05-01}
"""


@pytest.fixture
def household(tmp_path: Path) -> Path:
    path = tmp_path / "household.yaml"
    path.write_text(HOUSEHOLD, encoding="utf-8")
    return path


def test_a_determination_is_told_shortly() -> None:
    late = row(provisional=True, review_by=date(2025, 6, 30))
    found = determination(known=(late,), 说明="兴庆区王某家")
    assert text(found, changes.turnings(found)).splitlines() == [
        "2025-10-15　640104　兴庆区王某家",
        "认定：最低生活保障家庭（DB）",
        "  共同生活成员数        　2",
        "",
        "金额",
        "  补差                  　1,447.00元/月",
        "",
        "可享事项（1）：低保审核确认",
        "",
        "所用标准中需留意的：城市低保标准：银川市低保标准 低保标准（暂定，已过复核日2025-06-30）",
    ]


def test_a_refusal_is_told_with_its_border_and_an_unknown_with_what_is_missing() -> None:
    refused = determination(**with_wages("18372.00元"))
    said = text(refused, changes.turnings(refused))
    assert "认定：不属于特困、低保、边缘、刚性支出困难四类（QT）\n" in said
    assert "金额：没有可发的金额\n" in said
    assert "  低保：王某的近12个月工资性收入再少12.01元（为18,359.99元）即符合；" in said
    unknown = text(determination(known=(), **with_wages("不知道")), [])
    assert "认定：不知道，缺王某的近12个月工资性收入、城市低保标准\n" in unknown
    assert "待补事实才知道的事项（1）：\n  低保审核确认：缺王某的近12个月工资性收入、城市低保标准" in unknown


def test_why_adds_the_reasons_and_leaves_out_what_did_not_decide() -> None:
    found = determination(本户={"有汽车": "是", "汽车豁免理由": "无"})
    tree = text(found, [], why=True).partition("理由\n")[2]
    assert tree.splitlines()[:6] == [
        "  ＝ 类别：不属于特困、低保、边缘、刚性支出困难四类（QT），分情形：",
        "    ✗ 低保〔办法第9条〕，同时满足：",
        "      ✗ 汽车超限：是，同时满足：",
        "        ✓ 有汽车：是〔写明；来源：机动车登记；截至2025-10-15〕",
        "        ✓ 汽车豁免理由 ＝ 无：无 ＝ 无",
        "          ＝ 汽车豁免理由：无〔写明；来源：本人申报；截至2025-10-15〕",
    ]
    assert "工资" not in tree
    assert "（见上）" not in tree.splitlines()[1]


def test_a_screen_says_whose_authorisation_lacks() -> None:
    found = ask(book(), 授权="否")
    assert isinstance(found, Screen)
    assert screen_text(found).splitlines() == [
        "2025-10-15　640104　筛查（不是认定）",
        "  王某、李某还没有有效授权：不能核对财产，不作认定，没有类别和金额；请取得授权后再问。",
        "  可见收入              　1,000.00元",
    ]
    assert "有有效授权书（王某）：否〔推得；来源：核对授权书" in screen_text(found, why=True)


def test_lines_are_measured_as_a_terminal_shows_them() -> None:
    assert (width("a中，"), padded("中a", 6)) == (5, "中a   ")
    told = list(wrapped("现为" * 30 + "1,234,567.89元。" * 3, first="  ", rest="    ", limit=40))
    assert max(map(width, told)) <= 40
    assert "".join(line.strip() for line in told) == "现为" * 30 + "1,234,567.89元。" * 3
    assert sum(line.count("1,234,567.89元") for line in told) == 3


@pytest.mark.django_db
def test_the_command_answers_under_the_law(household: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "determine", str(household)]) == 0
    quiet = capsys.readouterr().out
    assert "认定：最低生活保障家庭（DB）" in quiet
    assert "整户低保月保障金      　1,095.00元/月" in quiet
    assert "理由" not in quiet
    assert cli.main(["rules", "determine", str(household), "--why"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(quiet.rstrip("\n"))
    assert "《最低生活保障审核确认办法》（民发〔2021〕57号）第9条" in told
    assert max(width(line) for line in told.splitlines()) <= WIDTH


@pytest.mark.django_db
def test_long_after_its_day_of_review_a_known_value_decides_aloud(
    household: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "determine", str(household), "--as-of", "2099-10-15"]) == 0
    told = "".join(line.strip() for line in capsys.readouterr().out.splitlines())
    assert "城市低保标准：银川市低保标准 低保标准（已过复核日2027-06-30）" in told


@pytest.mark.django_db
def test_what_cannot_be_asked_is_refused_with_code_2(
    household: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refusal(*words: str) -> str:
        assert cli.main(["rules", "determine", *words]) == 2
        return capsys.readouterr().err.strip()

    assert refusal(str(household), "--as-of", "2025-02-30").startswith("“2025-02-30”不是日期")
    assert "没有这个文件夹或文件" in refusal(str(household.parent / "nobody.yaml"))
    household.write_text(HOUSEHOLD.replace("城乡", "城镇"), encoding="utf-8")
    assert refusal(str(household)).startswith("不认识“城镇”")
    told = json.loads(refusal(str(household), "--json"))
    assert told["faults"] == [told["error"]]


@pytest.mark.django_db
def test_a_saved_judgement_lies_in_the_lake_and_replays(
    household: Path, capsys: pytest.CaptureFixture[str], own_lake: Path
) -> None:
    assert cli.main(["rules", "determine", str(household), "--save", "--json"]) == 0
    saved = Path(json.loads(capsys.readouterr().out)["saved"])
    assert saved.parent == own_lake / "judgements" / "law" / "2025-10-15"
    assert cli.main(["rules", "replay", "--all", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"replayed": 1, "same": 1}


@pytest.mark.django_db
def test_the_rules_and_the_menu_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "show", "qualifies_for_dibao"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("整户低保　qualifies_for_dibao　户　bool")
    assert "民发〔2021〕57号）第9条" in shown
    assert cli.main(["rules", "list", "--find", "整户", "--json"]) == 0
    names = [one["name"] for one in json.loads(capsys.readouterr().out)["rules"]]
    assert {"qualifies_for_dibao", "dibao_amount"} <= set(names)
    assert cli.main(["rules", "menu"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 43
    assert cli.main(["rules", "show", "qualifies_for_dibaoo"]) == 2
    assert "您是否想写“qualifies_for_dibao”？" in capsys.readouterr().err


DAY = """日期: 2025-10-15
区划: "640104"
城乡: 城市
已核对: 全部
授权: 是
"""
APPLICANT = "  马某: {与申请人关系: 申请人, 性别: 男, 出生日期: 1970-05-01, 近12个月职工与机关养老金: %s}\n"


def whole(people: str, home: str = "") -> str:
    """What the whole law says of a household, without reasons."""
    law = answers.declare()
    read = reader.read(strict.from_yaml(f"{DAY}{home}人员:\n{people}"), book=law)
    found = determine(read, known=queries.from_files(), book=law)
    assert isinstance(found, Determination)
    return text(found, [])


def test_class_review_and_the_eight_kinds_stand_in_the_head() -> None:
    told = whole(APPLICANT % "7200.00元")
    assert "  低保应定类别          　C（有劳动能力、收入不固定）\n  核查周期              　6个月\n" in told
    assert "  五层八类              　低保；基本生活、医疗、住房、就业\n" in told
    assert "先行救助" not in told
    refused = whole(
        APPLICANT % "72000.00元", "本户: {当日无法维持基本生活: 是, 遭遇急难: 是, 有投诉举报: 是}\n"
    )
    assert "低保应定类别" not in refused
    assert (
        "  先行救助              　是\n  县级必须入户          　是\n  可以确认              　否，县级须先入户\n"
        in refused
    )
    assert "  五层八类              　不在五层；就业、急难\n" in refused


def test_the_ground_of_a_single_person_is_said() -> None:
    child = "  马小: {与申请人关系: 子女, 性别: 男, 出生日期: 2011-05-01, 残疾类别: 智力, 残疾等级: 3}\n"
    assert "  单人保理由（马小）    　8(一)\n" in whole(APPLICANT % "24000.00元" + child)


def test_who_neither_counts_nor_supports_is_remarked_on() -> None:
    grown = "  马大: {与申请人关系: 子女, 性别: 女, 出生日期: 1995-05-01%s}\n"
    sentence = "马大不计入共同生活的成员，又没有写成义务人，他的收入和给付都没有算；"
    assert sentence in whole(APPLICANT % "7200.00元" + grown % "").replace("\n    ", "")
    for more in (", 在押: 是", ", 不能独立生活: 是", ", 公安登记死亡日期: 2020-01-01"):
        assert sentence not in whole(APPLICANT % "7200.00元" + grown % more).replace("\n    ", "")


def test_a_supporter_s_share_is_told_as_a_sum_and_without_bookkeeping() -> None:
    law = answers.declare()
    supporters = """义务人:
  马大: {赡养扶养对象: 马某, 对受养人的身份: 子女, 义务人家庭: 甲, 义务人家庭人数: 3, 义务人家庭近12个月收入: 30000.00元,
    被赡养人数: 1, 出生日期: 1992-01-01}
"""
    read = reader.read(strict.from_yaml(f"{DAY}人员:\n{APPLICANT % '7200.00元'}{supporters}"), book=law)
    found = determine(read, known=queries.from_files(), book=law)
    assert isinstance(found, Determination)
    tree = text(found, [], why="brief").partition("\n理由\n")[2]
    assert "＝ 本人一年应得的赡养费（马某）：1,230.00元" in tree
    assert tree.count("义务人家庭近12个月收入（马大）：30,000.00元") == 1
    for form in ("编号", "下面算得的数", "被赡养人数 ≥", "给付人"):
        assert form not in tree
