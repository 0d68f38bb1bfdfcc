"""Facts of an application as deliveries tell them: what is selected, what none means, what stays unknown."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from linkage.drawn import DAY, HOME, facts_of, somebody
from wenhou.linkage.fills.application import KINSHIP

asked = partial(facts_of, people_asked=True)
"""As if the family had declared too."""
AUTH = {"auth_no": "A1", "id_no": 1, "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
EVERY = ("DI47", "DI48", "SA-AUTH")
PAYING = {"id_no": 1, "withholder_uscc": "U", "period": "2026-03"}


def taxed(item: str, income: int, tax: int = 0) -> dict[str, Any]:
    return PAYING | {"income_item": item, "income": income, "tax": tax}


def test_withheld_tax_tells_four_kinds_of_income() -> None:
    items = {
        "工资薪金": 1,
        "劳务报酬": 10,
        "稿酬特许权": 100,
        "财产租赁": 1_000,
        "利息股息红利": 10_000,
        "偶然": 100_000,
    }
    rows = {"DI26": [taxed(item, income, tax=income) for item, income in items.items()]}
    names = ("wages_12m", "rental_income_12m", "interest_and_dividends_12m", "income_tax_12m")
    assert asked(*names, rows=rows) == dict(zip(names, (111, 1_000, 10_000, 111_111), strict=True))
    assert asked(*names, rows=rows, coverage=()) == dict.fromkeys(names)
    assert asked(*names, rows={}) == dict.fromkeys(names, 0)


MIXED = (
    "wages_12m", "rental_income_12m", "interest_and_dividends_12m", "income_tax_12m", "business_revenue_12m",
    "production_tax_12m", "social_insurance_paid_12m", "scholarships_12m", "is_conscript", "has_stable_income",
    "is_veteran", "has_eligible_cancer", "needs_rehabilitation", "hires_workers", "pays_for_choice_of_school",
    "rents_home", "is_without_shelter", "needs_home_adaptation", "has_incapacity_record", "care_place",
    "vehicle_exemption", "needs_long_term_care",
)  # fmt: skip
"""Facts that name people beside a department."""


@pytest.mark.parametrize("name", MIXED)
def test_a_departments_silence_is_none_only_where_people_were_asked_too(name) -> None:
    none = {"care_place": "无", "vehicle_exemption": "无"}.get(name, 0 if name.endswith("_12m") else False)
    assert facts_of(name, rows={}) == {name: None}
    told = asked(name, rows={})
    assert told == {name: none}
    assert type(told[name]) is type(none)
    assert asked(name, rows={}, coverage=()) == {name: None}


def test_a_sum_that_a_department_knows_of_is_not_all_there_is() -> None:
    rows = {"DI26": [taxed("工资薪金", 500_000)]}
    assert facts_of("wages_12m", rows=rows) == {"wages_12m": None}
    assert facts_of("earnings_after_tax_12m", rows=rows) == {"earnings_after_tax_12m": 500_000}


def test_what_a_department_has_found_needs_nobodys_word() -> None:
    job = {"id_no": 1, "start": "2024-01-01", "status": "在岗", "job_kind": "单位就业"}
    assert facts_of("has_stable_income", rows={"DI14": [job]}) == {"has_stable_income": True}
    entry = {"id_no": 1, "category": "TK", "status": "在保", "care_mode": "分散", "as_of": "2026-10-01"}
    assert facts_of("care_place", rows={"SA-ARCH": [entry]}) == {"care_place": "分散"}


def test_a_business_tells_its_sales_and_taxes() -> None:
    month = {"uscc": "U", "id_no": 1, "sales": 500, "invoice_amount": 9, "tax_paid": 7, "zero_declare": False}
    rows = {
        "DI27": [month | {"period": "2026-09"}, month | {"period": "2026-10"}, month | {"period": "2025-10"}]
    }
    names = ("business_revenue_12m", "production_tax_12m")
    assert asked(*names, rows=rows) == {"business_revenue_12m": 1_000, "production_tax_12m": 14}


def test_who_paid_insurance_paid_we_do_not_know_how_much() -> None:
    month = {
        "id_no": 1,
        "insure_kind": "职工养老",
        "identity": "单位职工",
        "month": "2026-03",
        "pay_base": 500_000,
    }
    name = "social_insurance_paid_12m"
    assert asked(name, rows={"DI10": [month | {"paid": True}]}) == {name: None}
    assert asked(name, rows={"DI10": [month | {"paid": False}]}) == {name: 0}
    assert asked(name, rows={"DI10": []}, coverage=()) == {name: None}


def balance(amount: int, as_of: str, kind: str = "活期", bank: str = "BANK01") -> dict[str, Any]:
    return {
        "bank_code": bank,
        "id_no": 1,
        "account_kind": kind,
        "balance": amount,
        "as_of": as_of,
        "auth_no": "A1",
    }


BALANCES = [
    balance(100, "2026-09-01"),
    balance(70, "2026-10-01"),
    balance(1_000, "2026-09-01", kind="定期"),
    balance(10_000, "2026-10-01", bank="BANK02"),
    balance(5, "2026-11-01"),
]


@pytest.mark.parametrize(
    ("authorised", "rows", "found"),
    [
        ([AUTH], BALANCES, 11_070),
        ([AUTH], [], 0),
        ([], BALANCES, None),
        ([], [], None),
        ([AUTH | {"withdrawn_on": "2026-06-01"}], BALANCES, None),
    ],
)
def test_banks_speak_only_of_those_who_have_authorised(authorised, rows, found) -> None:
    told = facts_of("deposits", rows={"SA-AUTH": authorised, "DI47": rows}, coverage=EVERY)
    assert told == {"deposits": found}


def test_products_of_banks() -> None:
    held = {"bank_code": "BANK01", "id_no": 1, "as_of": "2026-10-01", "auth_no": "A1"}
    kinds = {"理财": 1, "证券保证金": 10, "代销商业保险": 100, "大额转入": 1_000, "贷款": 10_000}
    rows = [
        held | {"record_no": kind, "product": kind, "market_value": value} for kind, value in kinds.items()
    ]
    told = facts_of("investments", "insurance_value", rows={"SA-AUTH": [AUTH], "DI48": rows}, coverage=EVERY)
    assert told == {"investments": 11, "insurance_value": 100}


def test_illness_is_what_stays_with_the_patient_in_designated_institutions() -> None:
    stay = {
        "id_no": 1, "discharge": "2026-03-01", "admit": "2026-02-20", "diag_code": "J44", "in_policy": 1_000,
        "basic_pay": 500, "serious_pay": 100, "aid_pay": 50, "supp_pay": 50, "self_pay": 400,
    }  # fmt: skip
    rows = {
        "DI29": [
            stay | {"visit_no": "1", "hosp_designated": True},
            stay | {"visit_no": "2", "hosp_designated": False},
        ],
        "DI30": [{"id_no": 1, "disease_code": "I10", "month": "2026-04", "self_pay": 7, "status": "有效"}],
    }
    names = ("medical_self_paid_12m", "hospital_stays_self_paid_12m")
    assert facts_of(*names, rows=rows) == {"medical_self_paid_12m": 307, "hospital_stays_self_paid_12m": 400}
    assert facts_of(names[0], rows=rows, coverage=["DI29"]) == {names[0]: None}


def school(stage: str = "本科", **more: Any) -> dict[str, Any]:
    row = {
        "id_no": 1,
        "student_no": stage,
        "stage": stage,
        "school_kind": "公办",
        "full_time": True,
        "tuition": 500,
    }
    return row | {"boarding": 100, "enter_date": "2024-09-01", "status": "在读"} | more


def test_school() -> None:
    names = ("school_stage", "is_full_time_student", "boards_at_school", "public_school_fees_12m")
    assert tuple(facts_of(*names, rows={"DI34": [school()]}).values()) == ("本科", True, True, 600)
    left = [school(status="毕业")]
    assert tuple(facts_of(*names, rows={"DI34": left}).values()) == ("无", False, False, 0)
    private = [school(school_kind="民办", full_time=False, boarding=0)]
    assert tuple(facts_of(*names, rows={"DI34": private}).values()) == ("本科", False, False, None)


def home_right(unit: str, share: str, area: str = "80.00", key: int = 1, **more: Any) -> dict[str, Any]:
    row = {"id_no": key, "unit_no": unit, "cert_no": unit, "use": "住宅", "area": area, "share": share}
    return row | {"status": "现势", "reg_date": "2020-01-01"} | more


def test_a_home_that_spouses_share_is_one_home_and_both_shares() -> None:
    rows = [
        home_right("U1", "0.5000"),
        home_right("U1", "0.5000", key=2),
        home_right("U2", "0.2500", area="40.00"),
        home_right("U3", "1.0000", use="车位"),
        home_right("U4", "1.0000", status="历史"),
    ]
    told = facts_of("homes", "home_area", rows={"DI17": rows}, people=[somebody(), somebody(2)])
    assert told["homes"] == 2
    assert told["home_area"] == 90


CAR = {"id_no": 1, "plate_no": "宁A", "use_nature": "非营运", "reg_date": "2020-01-01", "status": "正常"}


@pytest.mark.parametrize(
    ("vehicles", "hit", "ground"),
    [
        ([("小型客车", "正常")], True, "无"),
        ([("小型客车", "查封")], True, "无"),
        ([("小型客车", "报废")], False, "无"),
        ([("摩托车", "正常")], True, "二三轮摩托"),
        ([("三轮", "正常")], True, "二三轮摩托"),
        ([("残疾人专用", "正常")], True, "残疾人专用车"),
        ([("残疾人专用", "注销")], False, "无"),
        ([("拖拉机", "正常")], False, "无"),
        ([("残疾人专用", "正常"), ("小型客车", "正常")], True, "无"),
        ([("残疾人专用", "正常"), ("小型客车", "注销")], True, "残疾人专用车"),
        ([], False, "无"),
    ],
)
def test_a_vehicle_is_a_hit_and_its_kind_may_be_the_ground(vehicles, hit, ground) -> None:
    rows = {
        "DI06": [
            CAR | {"plate_no": f"宁A{number}", "vehicle_type": kind, "status": status}
            for number, (kind, status) in enumerate(vehicles)
        ]
    }
    names = ("has_vehicle", "vehicle_exemption")
    assert tuple(asked(*names, rows=rows).values()) == (hit, ground)
    assert tuple(facts_of(*names, rows=rows).values()) == (hit, None if ground == "无" else ground)
    assert tuple(asked(*names, rows={}, coverage=()).values()) == (None, None)


def test_firms() -> None:
    firm = {"id_no": 1, "uscc": "U", "ent_kind": "个体工商户", "est_date": "2020-01-01"}
    for status, found in (("存续", None), ("注销", False)):
        told = asked("hires_workers", rows={"DI24": [firm | {"status": status}]})
        assert told == {"hires_workers": found}


def test_long_abroad_a_scholarship_of_other_kind_and_a_house_in_ruins_are_open() -> None:
    journey = {
        "id_no": 1,
        "exit_date": "2026-03-01",
        "destination": "THA",
        "doc_type": "护照",
        "auth_no": "A1",
    }
    name = "pays_for_choice_of_school"
    for back, found in (("2026-05-29", False), ("2026-05-30", None), (None, None)):
        assert asked(name, rows={"DI05": [journey | {"entry_date": back}]}) == {name: found}, back
    grant = {"id_no": 1, "term": "2025-2026-2", "kind": "其他", "amount": 100, "granted": True}
    assert asked("scholarships_12m", rows={"DI35": [grant]}) == {"scholarships_12m": None}
    assert asked("scholarships_12m", rows={"DI35": [grant | {"kind": "免学费"}]}) == {"scholarships_12m": 0}
    ruin = {
        "id_no": 1,
        "household_no": "H1",
        "disaster_no": "1",
        "aid_kind": "无",
        "occur_date": "2026-05-01",
    }
    for damage, found in (("倒塌", None), ("严重损坏", False)):
        told = asked("is_without_shelter", rows={"DI43": [ruin | {"house_damage": damage}]})
        assert told == {"is_without_shelter": found}
    ill = {"id_no": 1, "disease_class": "大病专项", "diag_date": "2026-01-01", "status": "在管"}
    for disease, found in (("C53.9", None), ("C34.9", False)):
        told = asked("has_eligible_cancer", rows={"DI32": [ill | {"disease_code": disease}]})
        assert told == {"has_eligible_cancer": found}


def test_help_already_had() -> None:
    paid = {"id_no": 1, "household_no": "H1", "amount": 100, "pay_status": "成功"}
    rows = [
        paid | {"payment_no": "1", "item": "YL05", "month": "2026-03"},
        paid | {"payment_no": "2", "item": "YL06", "month": "2026-04"},
        paid | {"payment_no": "3", "item": "YL01", "month": "2026-04"},
        paid | {"payment_no": "4", "item": "YL05", "month": "2025-12"},
    ]
    names = ("relief_times_this_year", "is_relieved_for_same_cause", "assistance_received_12m")
    assert tuple(facts_of(*names, rows={"SA-PAY": rows}).values()) == (2, None, 400)
    assert tuple(facts_of(*names, rows={}).values()) == (0, False, 0)


def test_disaster_and_danger() -> None:
    struck = {"id_no": 1, "household_no": "H1", "house_damage": "一般损坏", "aid_kind": "无"}
    rows = {
        "DI43": [
            struck | {"disaster_no": "1", "occur_date": "2026-05-01", "house_damage": "倒塌"},
            struck | {"disaster_no": "2", "occur_date": "2026-07-01"},
        ],
        "DI21": [
            {"id_no": 1, "household_no": "H1", "identify_date": "2026-01-01", "danger_level": "D", "rebuild_status": "竣工"},
            {"id_no": 1, "household_no": "H1", "identify_date": "2025-01-01", "danger_level": "C", "rebuild_status": "施工"},
        ],
    }  # fmt: skip
    names = ("is_struck_by_disaster", "house_damage", "house_danger_level")
    assert tuple(facts_of(*names, rows=rows).values()) == (True, "倒塌", "C")
    assert tuple(facts_of(*names, rows={}).values()) == (False, "无", "无")


def test_a_source_that_does_not_know_everything_says_yes_or_nothing() -> None:
    job = {"id_no": 1, "start": "2024-01-01", "status": "在岗", "job_kind": "单位就业"}
    assert facts_of("has_stable_income", rows={"DI14": [job]}) == {"has_stable_income": True}
    assert facts_of("has_stable_income", rows={}) == {"has_stable_income": None}


def test_the_gravest_certificate_and_its_kind() -> None:
    card = {"id_no": 1, "issue_date": "2020-01-01", "status": "有效"}
    rows = [
        card | {"cert_no": "1", "category": "视力", "level": 3},
        card | {"cert_no": "2", "category": "精神", "level": 3},
        card | {"cert_no": "3", "category": "肢体", "level": 4},
    ]
    names = ("disability_level", "disability_category")
    assert tuple(facts_of(*names, rows={"DI41": rows}).values()) == (3, "精神")
    assert tuple(facts_of(*names, rows={}).values()) == (0, "无")
    assert tuple(facts_of(*names, rows={}, coverage=()).values()) == (None, None)


@pytest.mark.parametrize(
    ("code", "word"), [("02", "申请人"), ("11", "配偶"), ("28", "其他"), ("38", "其他"), (None, None)]
)
def test_kinship_by_relation_code(code, word) -> None:
    assert facts_of("kinship", rows={}, people=[somebody(relation=code)]) == {"kinship": word}


def test_a_code_has_one_kinship() -> None:
    codes = [code for several in KINSHIP.values() for code in several]
    assert len(codes) == len(set(codes))


def test_where_a_household_belongs() -> None:
    assert facts_of("is_local_hukou", rows={}) == {"is_local_hukou": True}
    away = HOME | {"hukou_county": "610302"}
    assert facts_of("is_local_hukou", rows={}, home=away) == {"is_local_hukou": False}
    permit = {
        "id_no": 1,
        "permit_no": "1",
        "division_code": "640104001001",
        "reg_date": "2024-01-01",
        "status": "有效",
    }
    for until, found in ((date(2026, 10, 31), True), (date(2026, 10, 30), False)):
        told = facts_of("has_residence_permit", rows={"DI04": [permit | {"valid_to": until}]}, as_of=DAY)
        assert told == {"has_residence_permit": found}
