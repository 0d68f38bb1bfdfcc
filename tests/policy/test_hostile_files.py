"""Files that mean harm, or are not what they seem: one Chinese sentence and code 2, whatever they hold."""

import json
import os
from pathlib import Path

import pytest

from wenhou.policy.applications import strict
from wenhou.policy.applications.faults import ApplicationFault, is_identity_like, said
from wenhou.policy.applications.reader import read
from wenhou.site import cli

HEAD = """日期: 2025-10-15
区划: "640104"
城乡: 城市
已核对: 全部
授权: 是
"""
PERSON = "{与申请人关系: 申请人, 性别: 男, 出生日期: 1980-05-01%s}"
MERGED = "用了 YAML 的合并（<<）：合并会藏起重复；把合并的内容写出来。"
TAGGED = "用了 YAML 的类型标记（!）：值照写的样子读；删去标记，文字加引号。"


def household(more: str = "", home: str = "") -> str:
    return f"{HEAD}人员:\n  王某: {PERSON % more}\n{home}"


def faults(text: str) -> list[str]:
    with pytest.raises(ApplicationFault) as refusal:
        read(strict.from_yaml(text))
    return list(refusal.value.faults)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (household(", <<: {在押: 是}, 在押: 否"), f"第7行{MERGED}"),
        (household(", <<: [{在押: 是}]"), f"第7行{MERGED}"),
        (household(home="本户: {住房建筑面积: !!float .inf}"), f"第8行{TAGGED}"),
        (household(home="本户: {住房建筑面积: !!float 甲}"), f"第8行{TAGGED}"),
        (household(home="本户: {有汽车: !!bool 甲}"), f"第8行{TAGGED}"),
        (household(home="本户: {住房套数: !!int 甲}"), f"第8行{TAGGED}"),
        (household(", 户籍县区: !!binary aGVsbG8="), f"第7行{TAGGED}"),
        (f"{HEAD}人员: !!set {{王某}}", f"第6行{TAGGED}"),
        ("!!python/object/apply:os.system [id]", f"第1行{TAGGED}"),
    ],
)
def test_what_hides_a_value_is_not_read(text: str, sentence: str) -> None:
    assert faults(text) == [sentence]


def test_a_number_of_thousands_of_digits_is_too_large_and_said_of_whom() -> None:
    long = "9" * 6000
    (told,) = faults(household(home=f"本户: {{住房套数: {long}}}"))
    assert told.startswith("本户的“住房套数”写的是“****”：")
    body = {
        "日期": "2025-10-15",
        "区划": "640104",
        "人员": {"王某": {"与申请人关系": "申请人"}},
        "本户": {"住房套数": 0},
    }
    with pytest.raises(ApplicationFault) as refusal:
        read(strict.from_json(json.dumps(body).replace(": 0}", f": {long}}}").encode()))
    assert refusal.value.faults == (told,)


def test_json_is_utf8_and_nothing_else() -> None:
    for code in ("utf-16", "utf-32", "gbk"):
        with pytest.raises(ApplicationFault, match="编码用UTF-8"):
            strict.from_json('{"说明": "一户"}'.encode(code))
    assert strict.from_json(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize("day", ["2025-W42-3", "２０２５-10-15", "20251015", "2025-10-15T00:00:00Z"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    assert faults(household().replace("2025-10-15", day, 1))[0].startswith("日期“")
    assert faults(household(f', 入监日期: "{day}"'))[0].startswith("王某的“入监日期”写的是“")


@pytest.mark.parametrize("year", ["9999", "2200", "1948"])
def test_nobody_has_written_rules_for_the_year_9999(year: str) -> None:
    text = household().replace("2025-10-15", f"{year}-12-31", 1).replace("1980-05-01", f"{year}-01-01")
    assert faults(text) == [f"日期“{year}-12-31”问得太远：只答1949年至2199年；请核对年份。"]


def test_nobody_is_an_ancestor_of_himself() -> None:
    people = """人员:
  甲: {与申请人关系: 申请人, 父亲: 乙}
  乙: {与申请人关系: 其他, 母亲: 丙}
  丙: {与申请人关系: 其他, 父亲: 甲}
  丁: {与申请人关系: 其他, 父亲: 甲}
"""
    assert faults(HEAD + people) == [
        "甲、乙、丙的父亲、母亲绕了一圈：没有人是自己的长辈；请核对他们的父亲和母亲。"
    ]
    read(
        strict.from_yaml(
            HEAD + people.replace("丙: {与申请人关系: 其他, 父亲: 甲}", "丙: {与申请人关系: 其他}")
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "640104 19800501 0011",
        "640104-19800501-001X",
        "138 1234 5678",
        "6222 0212 3456 7890",
        "640104198005010011",
    ],
)
def test_numbers_of_people_are_known_in_groups_too(text: str) -> None:
    assert is_identity_like(f"证件{text}号")


@pytest.mark.parametrize(
    "text", ["2025-10-15 至 2026-10-15", "补差 1095.00元 3口人", "民发〔2021〕57号", "640104001001的户"]
)
def test_days_amounts_and_documents_are_no_numbers_of_people(text: str) -> None:
    assert not is_identity_like(text) or "640104001001" in text


def test_values_are_repeated_as_people_know_them() -> None:
    assert [said(one) for one in (None, True, False, [1], {"甲": 1}, 5)] == [
        "空", "是", "否", "一列（1项）", "几项键和值（1项）", "5",
    ]  # fmt: skip


def test_no_amount_is_so_large_that_the_batch_could_not_reckon_with_it() -> None:
    read(strict.from_yaml(household(", 近12个月工资性收入: 100000000.00元")))
    (told,) = faults(household(", 近12个月工资性收入: 100000000.01元"))
    assert "大得不可能" in told


def test_what_must_hold_an_amount_that_is_told_is_untold_and_not_none() -> None:
    def silent(more: str) -> list[object]:
        told = read(strict.from_yaml(household(more))).people["王某"].values
        return [told.get(f"{name}_self_paid_12m", "不知道") for name in ("inpatient", "outpatient")]

    assert silent("") == [0, 0]
    assert silent(", 近12个月定点医院住院自付: 40000.00元") == ["不知道", 0]
    assert silent(", 近12个月合规医疗个人负担: 40000.00元") == ["不知道", "不知道"]
    assert silent(", 近12个月合规医疗个人负担: 40000.00元, 近12个月住院自付: 40000.00元") == [4000000, 0]
    assert silent(", 近12个月合规医疗个人负担: 40000.00元, 近12个月住院自付: 0.00元") == [0, "不知道"]
    assert silent(", 近12个月合规医疗个人负担: 0.00元") == [0, 0]
    pension = read(strict.from_yaml(household(", 近12个月中央基础养老金: 1200.00元"))).people["王某"].values
    assert "resident_pension_12m" not in pension


@pytest.mark.django_db
def test_files_that_are_none_or_never_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loop, folder, huge = tmp_path / "loop.yaml", tmp_path / "folder", tmp_path / "huge.yaml"
    loop.symlink_to(loop)
    folder.mkdir()
    with huge.open("wb") as file:
        os.truncate(file.fileno(), 3 * 2**30)
    told = []
    for path in (tmp_path / "none.yaml", loop, folder, huge, Path("/dev/zero")):
        assert cli.main(["rules", "determine", str(path)]) == 2
        told.append(capsys.readouterr().err.strip())
    assert told == [
        f"{tmp_path}/none.yaml 不能用：没有这个文件夹或文件，请检查路径和WENHOU_HOME。",
        f"{loop} 不能用：链接绕了一圈，请检查路径和WENHOU_HOME。",
        "folder是文件夹：要读的是一个文件；请写文件夹里那一户的文件名。",
        "文件太大：一户的文件不过几千字，上限512KB；请只写这一户。",
        "文件太大：一户的文件不过几千字，上限512KB；请只写这一户。",
    ]


@pytest.mark.django_db
def test_what_is_said_to_the_commands_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "household.yaml"
    path.write_text(household(), encoding="utf-8")
    whatif = ["rules", "whatif", "--division", "6401", "--as-of", "2025-10-15", "--from"]
    for words, sentence in (
        (["rules", "determine", str(path), "--as-of", "2025-W42-3"], "不是日期：历法上没有这样的一天"),
        (["rules", "determine", str(path), "--as-of", "9999-12-31"], "问得太远：只答1949年至2199年"),
        (
            ["rules", "determine", str(path), "--save", str(path)],
            "已经有了，里面是别的内容：判定不覆盖已有的文件",
        ),
        (["rules", "run", "--as-of", "9999-12-31"], "问得太远"),
        (["rules", "standards", "--on", "2025-02-30"], "不是日期"),
        ([*whatif, "9999-12-31", "--set", "dibao_urban=800元"], "问得太远"),
        (
            [*whatif, "2026-01-01", "--set", "dibao_urban=99999999999元"],
            "“城市低保标准”不能超过1,000,000.00元/月",
        ),
        ([*whatif, "2026-01-01", "--set", "near_asset_months=9999999999999"], "不能超过1,000,000"),
    ):
        assert cli.main(words) == 2
        told = capsys.readouterr().err
        assert (sentence in told, told.count("\n")) == (True, 1), told
    assert path.read_text(encoding="utf-8") == household()
