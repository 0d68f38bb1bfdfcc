"""The law asked by machine: the same document, the same answer, the same sentences; a key's division is its limit."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from wenhou.api.actions import keys
from wenhou.divisions.actions import places
from wenhou.policy.applications import strict
from wenhou.site import cli

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)
PATH = "/api/v1/determinations"


def secret(division: str = "64") -> str:
    return keys.issue(name="集成服务中心", contracts=("DI31",), division=division, by="test", on=AT)[1]


def household(**changed: Any) -> dict[str, Any]:
    return {
        "日期": "2025-10-15",
        "区划": "640104",
        "城乡": "城市",
        "已核对": "全部",
        "授权": "是",
        "人员": {
            "马某": {"与申请人关系": "申请人", "性别": "男", "出生日期": "1980-05-01", "近12个月职工与机关养老金": "14400.00元"},
            "李某": {"与申请人关系": "配偶", "性别": "女", "出生日期": "1982-05-01"},
            "马小": {"与申请人关系": "子女", "性别": "男", "出生日期": "2016-05-01"},
        },
    } | changed  # fmt: skip


def post(body: Any, key: str | None = None, query: str = "") -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return Client(enforce_csrf_checks=True).post(
        PATH + query,
        content,
        content_type="application/json",
        headers={"authorization": f"Bearer {key or secret()}"},
    )


def test_a_household_is_determined_as_the_command_does(
    capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    answer = post(household(), query="?why=true")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["kind"], told["category"]["value"]) == ("determination", "DB")
    assert told["amounts"][0] | {"name": "dibao_amount", "value": 109500} == told["amounts"][0]
    assert len(told["package"]) == 43
    assert told["reasons"]["qualifies_for_dibao@本户"]["answer"] == "yes"
    path = tmp_path / "household.json"
    path.write_text(json.dumps(household()))
    assert cli.main(["rules", "determine", str(path), "--why", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told


def test_an_unauthorised_household_gets_a_screen() -> None:
    told = post(household(授权="否")).json()
    assert (told["kind"], told["unauthorised"]) == ("screen", ["马某", "李某"])
    assert not {"category", "amounts", "package", "refusals"} & told.keys()


def test_what_cannot_be_taken_is_refused_in_the_same_sentences() -> None:
    answer = post(household(城镇="城市"))
    fault = "不认识“城镇”：不认识的内容不能当作没写；您是否想写“城乡”？请照 docs/reference/household.md 改或删去。"
    assert (answer.status_code, answer.json()) == (422, {"error": fault, "faults": [fault]})
    for body in (b"{", b'{"a": 1, "a": 2}', b"\xff", b"[]", b'{"x": NaN}'):
        refused = post(body)
        assert refused.status_code == 422
        assert len(refused.json()["faults"]) == 1
    assert post(b'"' + b"x" * strict.LIMIT + b'"').json()["error"].startswith("正文太大")


def test_a_key_may_ask_within_its_division_only_and_nobody_without_a_key() -> None:
    refused = post(household(), secret("640105"))
    assert (refused.status_code, refused.json()) == (403, {"error": "这把钥匙只能问640105以内的家庭。"})
    assert post(household(), "wrong").status_code == 401
    assert Client().get(f"{PATH}/menu").status_code == 401


def test_the_menu_has_43_items_with_the_rules_that_answer() -> None:
    answer = Client().get(f"{PATH}/menu", headers={"authorization": f"Bearer {secret()}"})
    items = answer.json()
    assert [items[0]["code"], items[-1]["code"], len(items)] == ["YL01", "YL43", 43]
    assert (items[0]["name"], items[0]["rule"], items[0]["department"]) == (
        "最低生活保障",
        "item_yl01",
        "民政局",
    )


@pytest.mark.parametrize("body", [b'{"\\ud800": 1}', b'{"\\u8bf4\\u660e": "\\ud800"}'])
def test_half_a_surrogate_is_refused_and_not_repeated(body: bytes) -> None:
    answer = post(body)
    assert answer.status_code == 422
    assert "ud800" not in answer.content.decode()
    told = json.dumps(household(说明="X", 人员={"X": {"与申请人关系": "申请人"}})).replace('"X"', '"\\ud800"')
    refused = post(told.encode())
    assert (refused.status_code, len(refused.json()["faults"])) == (422, 2)


def test_how_much_of_the_reasons_is_asked_for() -> None:
    short, whole = (len(post(household(), query=f"?why={why}").content) for why in ("true", "all"))
    assert short * 2 < whole
    answer = post(household(), query="?why=banana")
    sentence = "网址里的why读不懂：它只能是 true（起决定作用的理由）、all（全部理由）或 false；请改写。"
    assert (answer.status_code, answer.json()["error"]) == (422, sentence)
    child = {"与申请人关系": "子女", "性别": "男", "出生日期": "2016-05-01"}
    many = household(人员=household()["人员"] | {f"子{n}": child for n in range(20)})
    assert post(many, query="?why=all").json()["error"].startswith("why=all只答20人以内的户")
    too_many = household(人员=household()["人员"] | {f"子{n}": child for n in range(60)})
    assert post(too_many).json()["faults"] == ["超过60人：这不像一户；请只写一户的人。"]


def test_a_length_that_is_no_number_is_refused() -> None:
    headers = {"authorization": f"Bearer {secret()}", "content-length": "abc"}
    answer = Client().post(PATH, b"{}", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["error"][:21]) == (422, "请求头的Content-Length不是数")


def test_a_village_that_the_official_list_does_not_have_is_refused(tmp_path: Any) -> None:
    path = tmp_path / "list.csv"
    rows = ["640000000000,宁夏回族自治区,", "640100000000,银川市,", "640104000000,兴庆区,", "640104008000,中山南街街道,",
            "640104008006,安和社区居委会,111"]  # fmt: skip
    path.write_text("code,name,urban_rural_class\n" + "\n".join(rows), encoding="utf-8")
    assert post(household(区划="640104777")).status_code == 200  # nobody knows the county's towns yet
    places.load_official(path, by="测试", on=AT.date())
    assert post(household(区划="640104008006")).status_code == 200
    refused = post(household(区划="640104777"))
    assert (refused.status_code, refused.json()["error"]) == (422, "区划代码 640104777 不在已载入的名录中。")
