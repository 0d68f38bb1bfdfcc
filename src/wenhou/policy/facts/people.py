"""Who somebody is and where: the registry's people and households (DI01, DI02, DI04, SA-ARCH)."""

from wenhou.engine import fact, household, link, person

link("father", label="父亲")
link("mother", label="母亲")
link("spouse", label="配偶")
link("guardian", label="监护人")
link("children", label="子女", inverse_of=("father", "mother"))

fact("birth_date", person, kind="date", label="出生日期", sources=("DI01",))
fact("sex", person, kind="text", label="性别", sources=("DI01",), note="1 男，2 女")
fact("relation", person, kind="text", label="与户主关系", sources=("DI01", "SA-ARCH"), note="GB/T 4761 代码")
fact("hukou_type", person, kind="text", label="户口性质", sources=("DI01",), note="城镇或农村")
fact("hukou_division", person, kind="text", label="户籍地区划", sources=("DI01",), note="12位")
fact("hukou_county", person, kind="text", label="户籍县区", sources=("DI01",), note="前6位")
fact(
    "resides_division",
    person,
    kind="text",
    label="居住地区划",
    sources=("DI04", "SA-ARCH", "DI01"),
    note="有效居住证；无则档案居住地；再无则户籍地",
)
fact("registered_on", person, kind="date", label="迁入本户日期", sources=("DI02",))

fact(
    "other_adults_in_household",
    person,
    unit="count",
    label="同户的其他成年人",
    sources=("DI01", "DI02"),
    note="18周岁以上，不是本人、父母，也不与本人同父或同母的人",
)

fact("on_register", household, kind="bool", label="在册户", sources=("SA-ARCH",))
fact(
    "household_category",
    household,
    kind="text",
    label="户的救助类别",
    sources=("SA-ARCH",),
    note="DB TK BY GX JC QT，不在库为 OUT；单人保不改变全户类别",
)
fact("urban_rural", household, kind="text", label="城乡", sources=("SA-ARCH", "DI01"), note="城市或农村")
fact(
    "household_division", household, kind="text", label="本户居住地区划", sources=("SA-ARCH", "DI04", "DI01")
)
fact("household_county", household, kind="text", label="居住县区", sources=("SA-ARCH", "DI04", "DI01"))
fact("household_hukou_county", household, kind="text", label="户主户籍县区", sources=("DI01",))

fact("hukou_moved_out_on", person, kind="date", label="最近迁出日期", sources=("DI02",))
fact("has_hukou_moved_out", person, kind="bool", label="有迁往他处的记录", sources=("DI02",))
fact(
    "hukou_moved_to_county",
    person,
    kind="text",
    label="最近迁往县区",
    sources=("DI02",),
    note="6位；无则“无”",
)
fact("hukou_moved_in_on", person, kind="date", label="最近由他处迁入日期", sources=("DI02",))
fact("has_hukou_moved_in", person, kind="bool", label="有由他处迁入的记录", sources=("DI02",))

fact(
    "permit_elsewhere_since",
    person,
    kind="date",
    label="异县居住证登记日期",
    sources=("DI04",),
    note="现仍有效、不在档案县区（不在册的为户籍县区）的居住证中最早的",
)
fact("has_permit_elsewhere", person, kind="bool", label="持有效异县居住证", sources=("DI04",))
