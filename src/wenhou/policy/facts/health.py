"""Medical bills, illness, insurance and disability."""

from wenhou.engine import fact, person

fact(
    "out_of_pocket_this_year",
    person,
    unit="fen",
    label="本年度个人自付",
    sources=("DI31",),
    note="已扣各类报销与救助",
)
fact(
    "inpatient_self_paid_12m",
    person,
    unit="fen",
    label="近12个月住院自付",
    sources=("DI29",),
    note="按出院月，完整月",
)
fact("outpatient_self_paid_12m", person, unit="fen", label="近12个月门诊慢特病自付", sources=("DI30",))
fact(
    "largest_stay_self_paid_12m",
    person,
    unit="fen",
    label="近12个月内单次住院最高自付",
    sources=("DI29",),
    note="按日：12个月前的同日至扫描日出院的",
)
fact(
    "unaided_remainder",
    person,
    unit="fen",
    label="未获医疗救助的单次政策内负担",
    sources=("DI29",),
    note="政策内−基本−大病；救助为0、出院满30日的住院中最高的",
)
fact(
    "unrecognised_chronic_discharge_on",
    person,
    kind="date",
    label="未认定慢特病的出院日期",
    sources=("DI29", "DI30"),
    note="诊断在门诊慢特病目录而同类目（前3位）没有有效认定的住院中最早的",
)
fact(
    "has_unrecognised_chronic_discharge",
    person,
    kind="bool",
    label="有未认定慢特病的住院",
    sources=("DI29", "DI30"),
)
fact(
    "care_need_discharge_on",
    person,
    kind="date",
    label="可能影响自理的住院",
    sources=("DI29",),
    note="I60–I69、S72、F00–F03，或单次住院≥30日；最近的出院日",
)
fact("has_care_need_discharge", person, kind="bool", label="有可能影响自理的住院", sources=("DI29",))
fact("has_dementia_record", person, kind="bool", label="有失智住院记录", sources=("DI29",), note="F00–F03")
fact(
    "has_serious_illness",
    person,
    kind="bool",
    label="重病在管",
    sources=("DI32",),
    note="大病专项、重特大疾病或罕见病",
)
fact("has_severe_mental_disorder", person, kind="bool", label="严重精神障碍在管", sources=("DI32",))
fact(
    "has_basic_insurance_this_year", person, kind="bool", label="本年度基本医保已缴且正常", sources=("DI28",)
)
fact(
    "is_basic_insurance_broken",
    person,
    kind="bool",
    label="本年度医保未缴或中断",
    sources=("DI28",),
    note="有记录为证",
)

fact(
    "disability_level",
    person,
    unit="level",
    label="残疾等级",
    sources=("DI41",),
    note="有效证中最重的；无证为0",
)
fact("disability_issued_on", person, kind="date", label="发证日期", sources=("DI41",), note="有效证中最早的")
fact(
    "severe_disability_issued_on",
    person,
    kind="date",
    label="一二级证发证日期",
    sources=("DI41",),
    note="最早的",
)
fact(
    "disability_worsened_on",
    person,
    kind="date",
    label="残疾等级加重日期",
    sources=("DI41",),
    note="较本人上一版本等级数减小的最近一版的发证日期",
)
fact("has_disability_worsened", person, kind="bool", label="残疾等级加重", sources=("DI41",))
fact(
    "disability_category_added_on",
    person,
    kind="date",
    label="新增残疾类别日期",
    sources=("DI41",),
    note="出现本人以前各版本都没有的类别的最近一版的发证日期",
)
fact("has_disability_category_added", person, kind="bool", label="新增残疾类别", sources=("DI41",))
