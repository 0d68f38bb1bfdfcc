"""Story 11, 张建军: three grandchildren nobody brings up (事实无人抚养), who live in 兴庆区 and are registered in 泾源县.

Told here: the alerts come where the children live, to the post there; the place of registration reads a copy and may
not act; nobody else sees them. The allowance and the 低保 for the three, and the desks and lamps matched from a donor,
belong to rooms that come later.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from stories.played import Stage, number, row_of
from wenhou.staff.enums import Matter, Role

pytestmark = pytest.mark.journey
DAY = date(2024, 11, 15)
PLACES = {
    "640000000000": "宁夏回族自治区",
    "640100000000": "银川市",
    "640104000000": "兴庆区",
    "640104101000": "大新镇",
    "640104101010": "燕祥社区居委会",
    "640105000000": "西夏区",
    "640400000000": "固原市",
    "640424000000": "泾源县",
    "640424102000": "六盘山镇",
    "640424102201": "东山村村委会",
}
LIVES, REGISTERED = "640104101010", "640424102201"
GRANDFATHER = number("1958-01-20", 1, female=False)
MOTHER = number("1986-09-14", 2, female=True)
FATHER = number("1984-05-02", 3, female=False)
CHILDREN = {
    name: (number(born, 10 + order, female=female), born, female)
    for order, (name, born, female) in enumerate(
        [("马小军", "2013-03-03", False), ("马小兰", "2015-07-21", True), ("马小燕", "2018-11-30", True)]
    )
}
HOME = {
    "household_no": "H11",
    "division_code": REGISTERED,
    "hukou_type": "农村",
    "nation": "03",
    "status": "正常",
}
PEOPLE = {
    "DI01": [
        {**HOME, "id_no": GRANDFATHER, "name": "张建军", "sex": "1", "birth_date": "1958-01-20",
         "relation_to_head": "02"},
        *(
            {**HOME, "id_no": who, "name": name, "sex": "2" if female else "1", "birth_date": born,
             "relation_to_head": "41", "father_id": FATHER, "mother_id": MOTHER, "guardian_id": GRANDFATHER}
            for name, (who, born, female) in CHILDREN.items()
        ),
        {**HOME, "household_no": "H12", "id_no": FATHER, "name": "马志强", "sex": "1",
         "birth_date": "1984-05-02", "relation_to_head": "02"},
    ],
    "DI02": [
        {"household_no": "H11", "id_no": who, "relation_to_head": code, "move_in_date": "2019-01-01"}
        for who, code in [(GRANDFATHER, "02"), *((who, "41") for who, _, _ in CHILDREN.values())]
    ],
    "DI03": [
        {"id_no": MOTHER, "death_date": "2023-06-18", "cancel_date": "2023-07-01", "cancel_reason": "死亡"},
    ],
    "DI04": [
        {"id_no": who, "permit_no": f"DI04PE0000{order}", "reside_addr": "燕祥社区", "division_code": LIVES,
         "reg_date": "2023-09-01", "valid_to": "2025-09-01", "status": "有效"}
        for order, who in enumerate([GRANDFATHER, *(who for who, _, _ in CHILDREN.values())], start=1)
    ],
    "SA-VISIT": [
        {"visit_no": "Z1", "division_code": REGISTERED, "household_no": "H12", "id_no": FATHER,
         "purpose": "探访", "visited_on": visited, "met": "false", "out_of_contact": "true", "visitors": "2",
         "county_level": "false"}
        for visited in ("2024-02-20",)
    ],
}  # fmt: skip


def test_children_are_found_where_they_live_and_copied_where_registered(stage: Stage) -> None:
    stage.places(PLACES)
    stage.post("sender", "数据员", Role.EXCHANGE_OPERATOR, "64")
    stage.post("village", "杨芳", Role.VILLAGE_ASSISTANT, LIVES, Matter.MINOR)
    stage.post("helper", "白梅", Role.VILLAGE_ASSISTANT, LIVES)
    stage.post("home", "马国强", Role.TOWN_OFFICER, REGISTERED[:9], Matter.MINOR)
    stage.post("neighbour", "李伟", Role.COUNTY_OFFICER, "640105")
    stage.upload("sender", stage.archive("64", PEOPLE))

    with stage.signed_in("village") as page:
        for name, (who, _, _) in CHILDREN.items():
            line = row_of(page, "A06", f"{name[0]}＊{name[-1]}")
            expect(line).to_contain_text("父母双方均无力抚养，未享受保障")
            expect(line).to_contain_text("证号不显")
            expect(line).to_contain_text("燕祥社区")
            expect(line).to_contain_text("派杨芳")
            expect(page.get_by_text(who)).to_have_count(0)
        row_of(page, "A06", "马＊军").locator("a.who").click()
        where = page.url
        expect(page.get_by_text("另有一份副本在")).to_contain_text("泾源县 六盘山镇")
        why = page.get_by_role("region", name="为什么报")
        expect(why).to_contain_text("民发〔2019〕62号")
        expect(page.get_by_role("region", name="依据")).to_contain_text("2023-06-18")
        expect(page.get_by_role("region", name="这一户")).to_contain_text("张＊军")
        expect(page.get_by_role("button", name="登记走访")).to_be_visible()

    with stage.signed_in("home", where) as page:
        expect(page.get_by_text("这是副本")).to_contain_text("您能看，不能办。")
        expect(page.get_by_role("button", name="登记走访")).to_have_count(0)
        page.goto("/")
        expect(row_of(page, "A06")).to_have_count(3)
        expect(row_of(page, "A06", "副本，别处在办")).to_have_count(3)

    for elsewhere_or_without_the_matter in ("neighbour", "helper"):
        with stage.signed_in(elsewhere_or_without_the_matter, where) as page:
            expect(page.get_by_text("不在您的岗位范围内")).to_be_visible()
            page.goto("/")
            expect(row_of(page, "A06")).to_have_count(0)
