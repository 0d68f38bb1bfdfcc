"""Case files say in Chinese what is wrong with them, and hold or not."""

from pathlib import Path

import pytest
import yaml

from engine.conftest import AS_OF, in_batch
from engine.worlds import law
from wenhou.engine import cases, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.faults import CaseFault

BOOK = law()
TEXT = """
- name: 自付达门槛而户未列入
  indicator: P1
  as_of: 2026-01-31
  place: "640104"
  law: 第2条
  persons:
    张三: {birth_date: 1960-01-31, medical: 43186.40元, is_dead: 否, category: 在家}
    李四: {is_dead: 否, category: 在家, medical: 19999.99元, father: 张三}
    远亲: {lives_in: 别处, is_dead: 否, category: 服刑}
  household: {income: 60000元}
  standards: {dibao: 765.00元/月, threshold: 20000元}
  expect: {张三: 是, 李四: 否, 远亲: 不知道}
  missing: [birth_date, father, mother, income, medical]
- name: 人均按计入人数
  rule: per_head
  as_of: 2026-01-31
  place: "640104"
  persons: {张三: {is_dead: false, category: 在家}}
  household: {income: 60000元}
  expect: {per_head: 5000.00元/月, heads: 1, is_poor: 不知道, counts: {张三: true}}
- name: 只问一户
  rule: per_head
  as_of: 2026-01-31
  place: "640104"
  expect: 不知道
  missing: [income]
"""


def test_good_cases_hold_alone_and_in_one_batch(tmp_path: Path) -> None:
    file = tmp_path / "some.yaml"
    file.write_text(TEXT, encoding="utf-8")
    read = cases.load(file, book=BOOK)
    assert [problem for case in read for problem in cases.check(case)] == []
    rows = [case.rows(number) for number, case in enumerate(read, start=1)]
    joined = run.Rows(
        *(
            [row for one in rows for row in getattr(one, table)]
            for table in ("persons", "households", "standards")
        )
    )
    batch = in_batch(BOOK, joined, DuckDB())
    for number, case in enumerate(read, start=1):
        alone = run.one(cases.plan_of(case), case.rows())
        assert cases.answered(case, alone) == cases.answered(case, batch, number)


def test_a_case_that_does_not_hold_says_what_came_out() -> None:
    one = yaml.safe_load(TEXT)[0]
    one["expect"] = {"张三": "否", "李四": "否"}
    one["missing"] = ["medical"]
    assert cases.check(cases.read(one, book=BOOK, where="p1.yaml")) == [
        "p1.yaml：自付达门槛而户未列入：自付达门槛而户未列入（张三）应为 否，算得 是。",
        "p1.yaml：自付达门槛而户未列入：缺项应为 ['medical']，算得 []。",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"person": {}}, "不认识“person”这一项。您是否想写“persons”？"),
        ({"indicator": "P9"}, "没有叫“P9”的规则或指标。您是否想写“P1”？"),
        ({"rule": "heads"}, "请写明 rule 或 indicator 其中一项"),
        ({"as_of": "2026-01"}, "as_of 要写成日期"),
        ({"place": 640104}, "带引号的区划代码"),
        ({"household": {"incom": "1元"}}, "“incom”不是户的事实（规则的结果不能当作事实给出）。您是否想写“income”？"),
        ({"household": {"heads": 3}}, "“heads”不是户的事实"),
        ({"household": {"income": 60000}}, "金额请写成 20000.00元"),
        ({"household": {"income": "60,000元"}}, "不加千分号"),
        ({"standards": {"dibo": "1元"}}, "没有叫“dibo”的标准。您是否想写“dibao”？"),
        ({"persons": {"张三": {"father": "王五"}}}, "“father”指的“王五”不在本例的 persons 里"),
        ({"persons": {"张三": {"is_dead": "也许"}}}, "请写 是、否 或 不知道"),
        ({"persons": {"张三": {"birth_date": "去年"}}}, "日期请写成 2026-01-31"),
        ({"expect": {"is_burdened": "是"}}, "请逐人写出"),
        ({"expect": {"张四": "是"}}, "没有叫“张四”的规则或指标"),
        ({"missing": ["medcal"]}, "missing 里的“medcal”没有声明过。您是否想写“medical”？"),
    ],
)  # fmt: skip
def test_a_case_that_is_badly_written_is_refused(change, said: str) -> None:
    one = yaml.safe_load(TEXT)[0] | change
    with pytest.raises(CaseFault) as fault:
        cases.read(one, book=BOOK, where="p1.yaml")
    assert fault.value.message.startswith("p1.yaml“自付达门槛而户未列入”：")
    assert said in fault.value.message


def test_a_case_must_expect_something() -> None:
    one = yaml.safe_load(TEXT)[0]
    del one["expect"]
    with pytest.raises(CaseFault, match="没有写 expect"):
        cases.read(one, book=BOOK)
    with pytest.raises(CaseFault, match="写有 name"):
        cases.read({"rule": "heads"}, book=BOOK)


def test_the_day_is_the_suite_day() -> None:
    assert cases.read(yaml.safe_load(TEXT)[1], book=BOOK).as_of == AS_OF
