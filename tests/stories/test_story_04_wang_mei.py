"""Story 4, 王梅 of 瞿靖镇: the medical-insurance batch lands, and who never applied is found, visited and helped.

Told here: the batch, the alert at the town's worker, the verification by a visit, the close with its outcome. The money
itself (农村低保, 临时救助 15,000元) is decided and paid by the rooms of casework and funds, which come later: the outcome
names it, and nothing here pays it. 王梅's cost is the account's "over 40,000"; her birth day is the test's own.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from stories.played import Stage, history, number, row_of
from wenhou.staff.enums import Role

pytestmark = pytest.mark.journey
DAY = date(2023, 4, 18)
COUNTY, TOWN, VILLAGE, OTHER = "640381", "640381104", "640381104201", "640381100"
PLACES = {
    "640000000000": "宁夏回族自治区",
    "640300000000": "吴忠市",
    "640381000000": "青铜峡市",
    "640381104000": "瞿靖镇",
    "640381104201": "友好村村委会",
    "640381100000": "小坝镇",
}
WANG = number("1968-03-05", 1, female=True)
HUSBAND = number("1965-08-11", 2, female=False)
HOME = {
    "household_no": "H1",
    "division_code": VILLAGE,
    "hukou_type": "农村",
    "nation": "01",
    "status": "正常",
}
PEOPLE = {
    "DI01": [
        {**HOME, "id_no": HUSBAND, "name": "李建国", "sex": "1", "birth_date": "1965-08-11",
         "relation_to_head": "02", "spouse_id": WANG},
        {**HOME, "id_no": WANG, "name": "王梅", "sex": "2", "birth_date": "1968-03-05",
         "relation_to_head": "10", "spouse_id": HUSBAND},
    ],
    "DI02": [
        {"household_no": "H1", "id_no": HUSBAND, "relation_to_head": "02", "move_in_date": "1990-01-01"},
        {"household_no": "H1", "id_no": WANG, "relation_to_head": "10", "move_in_date": "1990-01-01"},
    ],
}  # fmt: skip
BATCH = [
    {"id_no": WANG, "year": "2023", "aid_paid": "0.00", "oop_total": "43186.40", "oop_in_policy": "43186.40",
     "updated": "2023-04-17"},
]  # fmt: skip
FOUND = "见到本人。淋巴瘤化疗中，有糖尿病、脑萎缩，两口人靠种地，药费单据齐全，从没有申请过。"
HELPED = "入户核实属实，农村低保和临时救助15,000元一并提请，材料由镇里代办。"


def test_who_never_applied_is_found_when_the_batch_lands(stage: Stage) -> None:
    stage.places(PLACES)
    stage.post("sender", "数据员", Role.EXCHANGE_OPERATOR, COUNTY)
    stage.post("town", "马兰", Role.TOWN_OFFICER, TOWN)
    stage.post("other", "赵强", Role.TOWN_OFFICER, OTHER)
    stage.upload("sender", stage.archive(COUNTY, PEOPLE))
    with stage.signed_in("town") as page:
        expect(page.get_by_role("heading", name="预警", exact=True)).to_be_visible()
        expect(row_of(page, "D01")).to_have_count(0)

    secret = stage.key("青铜峡市医保局", "DI31", COUNTY)
    stage.push(secret, "DI31", COUNTY, BATCH, "2023-04")
    stage.wait_for_a_run("sender", runs=2)

    with stage.signed_in("town") as page:
        line = row_of(page, "D01", "王＊", "自付43,186.40元")
        expect(line).to_have_count(1)
        expect(line).to_contain_text("派马兰")
        expect(line).to_contain_text("瞿靖镇")
        line.locator("a.who").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("自付43,186.40元，达到20,000.00元")
        why = page.get_by_role("region", name="为什么报")
        expect(why).to_contain_text("《宁夏因病致贫重病患者认定办法》")
        expect(why).to_contain_text("缓急：红，80分")
        evidence = page.get_by_role("region", name="依据")
        expect(evidence).to_contain_text("医疗保障局")
        expect(evidence).to_contain_text("批次2023-04")
        where = page.url

        page.get_by_label("见到本人", exact=True).check()
        page.get_by_label("看到什么").fill(FOUND)
        page.get_by_role("button", name="登记走访").click()
        expect(page.get_by_role("status")).to_contain_text("走访已登记。")
        page.get_by_label("纳入保障", exact=True).check()
        page.get_by_label("说明").fill(HELPED)
        page.get_by_role("button", name="办结", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("已办结：纳入保障。")
        told = history(page)
        for said, line in zip(("扫描算出D01", "系统派给马兰", FOUND, HELPED), told, strict=True):
            assert said in line

    with stage.signed_in("other") as page:
        expect(row_of(page, "王＊")).to_have_count(0)
        answer = page.goto(where)
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_text("不在您的岗位范围内")).to_be_visible()
