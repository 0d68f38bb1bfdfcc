"""Who is named on an application, how they belong together, and what the procedure knows.

An application names people in two ways: those of the family (some of whom the law does not count) and supporters
(义务人) who live elsewhere. Both are `members` of the household's rows; `counts` says who is counted.
"""

from wenhou.engine import fact, household, link, person

DECLARED, ASSESSED = "申报", "评定"
"""Sources that are no delivery: what the family declares, and what an officer or an assessor finds or approves."""

fact("kinship", person, kind="text", label="与申请人关系", sources=(DECLARED, "DI01"))
fact("lives_with_family", person, kind="bool", label="长期共同居住", sources=(DECLARED, "SA-VISIT"))
fact("has_support_duty", person, kind="bool", label="与申请人有法定赡养抚养扶养义务", sources=(DECLARED,))
fact("is_dependent_adult", person, kind="bool", label="不能独立生活", sources=(DECLARED,), note="成年子女")
fact("school_stage", person, kind="text", label="就读学段", sources=("DI34",))
fact("is_full_time_student", person, kind="bool", label="全日制在读", sources=("DI34",))
fact("is_conscript", person, kind="bool", label="义务兵", sources=("DI40", DECLARED))
fact("is_clergy", person, kind="bool", label="宗教教职人员", sources=(DECLARED,))
fact("left_family_on", person, kind="date", label="脱离家庭日期", sources=(DECLARED,), note="宗教教职人员")
fact("religious_residence_since", person, kind="date", label="宗教场所居住起始日期", sources=(DECLARED,))
fact("is_missing_on_evidence", person, kind="bool", label="下落不明有佐证", sources=(DECLARED,))
fact("missing_since", person, kind="date", label="下落不明起始日期", sources=(DECLARED,))
fact("is_untraceable", person, kind="bool", label="查找不到", sources=(DECLARED, "SA-VISIT"), note="父母")
fact(
    "is_confined_six_months",
    person,
    kind="bool",
    label="被限制人身自由满6个月",
    sources=(DECLARED,),
    note="服刑、强戒以外的措施",
)

fact("is_supporter", person, kind="bool", label="是义务人", sources=(DECLARED,), note="不与本户共同生活")
link("supports_first", label="赡养扶养对象")
link("supports_second", label="赡养扶养对象之二")
link("supports_third", label="赡养扶养对象之三")
link("supporters", label="义务人", inverse_of=("supports_first", "supports_second", "supports_third"))
link("first_supporters", label="列为赡养扶养对象的义务人", inverse_of=("supports_first",))
link("second_supporters", label="列为赡养扶养对象之二的义务人", inverse_of=("supports_second",))
link("third_supporters", label="列为赡养扶养对象之三的义务人", inverse_of=("supports_third",))
fact("supporter_kinship", person, kind="text", label="对受养人的身份", sources=(DECLARED,))
fact(
    "supporter_household",
    person,
    kind="text",
    label="义务人家庭",
    sources=(DECLARED,),
    note="同一家庭写同一名",
)
fact(
    "supporter_rank", person, kind="int", label="义务人序号", sources=(DECLARED,), note="清单中的次序，从1起"
)
fact("supporter_household_size", person, unit="count", label="义务人家庭人数", sources=(DECLARED,))
fact(
    "supporter_household_income_12m", person, unit="fen", label="义务人家庭近12个月收入", sources=("SA-CHK",)
)
fact("supported_people", person, unit="count", label="被赡养人数", sources=(DECLARED,), note="1至10")
fact("has_support_judgement", person, kind="bool", label="有赡养判决或协议", sources=(DECLARED,))
fact(
    "judged_support",
    person,
    unit="fen/month",
    label="判决或协议给付",
    sources=(DECLARED,),
    note="对每名受养人",
)
fact("paid_support", person, unit="fen/month", label="实际给付", sources=(DECLARED,), note="对每名受养人")
fact(
    "has_approved_waiver",
    person,
    kind="bool",
    label="酌情豁免已批准",
    sources=(ASSESSED,),
    note="有批准人记录",
)
fact("lacks_civil_capacity", person, kind="bool", label="无民事行为能力", sources=(DECLARED,))
fact("has_modest_property", person, kind="bool", label="义务人财产符合规定", sources=(ASSESSED,))
fact("has_unlisted_supporters", household, kind="bool", label="另有未列的义务人", sources=(DECLARED,))

fact("is_local_hukou", household, kind="bool", label="本地户籍", sources=("DI01",))
fact("has_residence_permit", household, kind="bool", label="持居住证并居住", sources=("DI04",))
fact("has_kin_in_office", household, kind="bool", label="与经办或村居干部近亲属", sources=("SA-CASE",))
fact("has_complaint", household, kind="bool", label="有投诉举报", sources=("SA-CASE",))
fact("is_visited_by_county", household, kind="bool", label="县级已入户", sources=("SA-VISIT",))
fact("has_publicity_objection", household, kind="bool", label="公示有异议并已重查", sources=("SA-CASE",))
