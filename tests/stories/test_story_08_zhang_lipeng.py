"""Story 8, 张立鹏 of 安和社区: ashamed to ask, and flagged before anyone visits.

Told here: the family is on the worker's list with its evidence before any visit, and the loop from flag to help stands
on one page. What the family is then given (低保, 临时救助, the son's nursing) belongs to rooms that come later; the
outcome names it. The son's wages and bills are the test's own figures.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from stories.played import Stage, history, number, row_of
from wenhou.staff.enums import Role

pytestmark = pytest.mark.journey
DAY = date(2024, 11, 15)
COUNTY, TOWN, VILLAGE, OTHER = "640104", "640104008", "640104008006", "640104008007"
PLACES = {
    "640000000000": "宁夏回族自治区",
    "640100000000": "银川市",
    "640104000000": "兴庆区",
    "640104008000": "中山南街街道",
    "640104008006": "安和社区居委会",
    "640104008007": "永安社区居委会",
}
FATHER = number("1962-02-09", 1, female=False)
SON = number("1997-06-30", 2, female=False)
HOME = {
    "household_no": "H8",
    "division_code": VILLAGE,
    "hukou_type": "城镇",
    "nation": "01",
    "status": "正常",
}
PEOPLE = {
    "DI01": [
        {**HOME, "id_no": FATHER, "name": "张立鹏", "sex": "1", "birth_date": "1962-02-09",
         "relation_to_head": "02"},
        {**HOME, "id_no": SON, "name": "张小伟", "sex": "1", "birth_date": "1997-06-30",
         "relation_to_head": "20", "father_id": FATHER},
    ],
    "DI02": [
        {"household_no": "H8", "id_no": FATHER, "relation_to_head": "02", "move_in_date": "1990-01-01"},
        {"household_no": "H8", "id_no": SON, "relation_to_head": "20", "move_in_date": "1997-07-30"},
    ],
    "DI40": [
        {"id_no": FATHER, "kind": "残疾军人", "month": "2024-10", "amount": "1200.00", "status": "发放"},
    ],
    "DI41": [
        {"id_no": FATHER, "cert_no": "DI000000000000000001", "category": "肢体", "level": "2",
         "issue_date": "2015-04-01", "status": "有效"},
    ],
    "DI26": [
        {"id_no": SON, "withholder_uscc": "91640104MA00000001", "period": month, "income_item": "工资薪金",
         "income": "3000.00", "tax": "0.00"}
        for month in ("2024-05", "2024-06")
    ],
    "DI31": [
        {"id_no": SON, "year": "2024", "aid_paid": "0.00", "oop_total": "86400.00", "oop_in_policy": "80000.00",
         "updated": "2024-11-14"},
    ],
}  # fmt: skip
FOUND = "见到父子二人。儿子刚上班就查出重病，已停工，借了外债；老张是残疾军人，一直没好意思开口。"
HELPED = "纳入低保并提请临时救助，材料由社区代办，退役军人事务部门同步走访。"


def test_who_never_asked_is_on_the_list_with_the_evidence(stage: Stage) -> None:
    stage.places(PLACES)
    stage.post("sender", "数据员", Role.EXCHANGE_OPERATOR, COUNTY)
    stage.post("town", "纳强", Role.TOWN_OFFICER, TOWN)
    stage.post("village", "杨芳", Role.VILLAGE_ASSISTANT, VILLAGE)
    stage.post("other", "李伟", Role.VILLAGE_ASSISTANT, OTHER)
    stage.upload("sender", stage.archive(COUNTY, PEOPLE))

    with stage.signed_in("village") as page:
        line = row_of(page, "D01", "张＊伟")
        expect(line).to_contain_text("自付86,400.00元，达到20,000.00元")
        expect(line).to_contain_text("安和社区")
        expect(line).to_contain_text("派杨芳")
        expect(row_of(page, "D05", "张＊鹏")).to_contain_text("家庭近12个月可见收入")
        line.locator("a.who").click()
        where = page.url
        assert not any("登记走访" in one for one in history(page))
        for name, said in (
            ("为什么报", "86,400.00 ≥ 20,000.00元"),
            ("为什么报", "D05自付占家庭年收入五成以上"),
            ("依据", "医疗保障局"),
            ("这一户", "张＊鹏"),
        ):
            expect(page.get_by_role("region", name=name)).to_contain_text(said)
        page.get_by_label("见到本人", exact=True).check()
        page.get_by_label("看到什么").fill(FOUND)
        page.get_by_role("button", name="登记走访").click()
        expect(page.get_by_role("status")).to_contain_text("走访已登记。")
        expect(page.get_by_text("您的岗位不能办结，请转给经办员。")).to_be_visible()

    with stage.signed_in("town", where) as page:
        page.get_by_label("纳入保障", exact=True).check()
        page.get_by_label("说明").fill(HELPED)
        page.get_by_role("button", name="办结", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("已办结：纳入保障。")
        steps = ("扫描算出D01", "系统派给杨芳（村级协理员）", FOUND, HELPED)
        for said, line_of_history in zip(steps, history(page), strict=True):
            assert said in line_of_history
        expect(page.get_by_role("region", name="依据")).to_contain_text("医疗保障局")

    with stage.signed_in("other", where) as page:
        expect(page.get_by_text("不在您的岗位范围内")).to_be_visible()
        page.goto("/")
        expect(row_of(page, "张＊")).to_have_count(0)
