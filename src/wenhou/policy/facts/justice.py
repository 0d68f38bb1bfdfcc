"""Deaths by three sources, prison and compulsory detoxification, leaving the country."""

from wenhou.engine import fact, person

fact(
    "police_death_on",
    person,
    kind="date",
    label="公安登记死亡日期",
    sources=("DI03",),
    note="死亡、宣告死亡；无死亡日取注销日",
)
fact("has_police_death", person, kind="bool", label="公安登记死亡", sources=("DI03",))
fact("declared_missing_on", person, kind="date", label="宣告失踪日期", sources=("DI03",), note="注销日")
fact("is_declared_missing", person, kind="bool", label="宣告失踪", sources=("DI03",))
fact("hospital_death_on", person, kind="date", label="死亡医学证明日期", sources=("DI33",))
fact("has_hospital_death", person, kind="bool", label="有死亡医学证明", sources=("DI33",))
fact("cremated_on", person, kind="date", label="火化日期", sources=("DI45",))
fact("is_cremated", person, kind="bool", label="有火化记录", sources=("DI45",))

fact("is_in_prison", person, kind="bool", label="在押", sources=("DI08",), note="监外执行、假释不算")
fact("prison_since", person, kind="date", label="入监日期", sources=("DI08",), note="在押记录中最近的")
fact(
    "is_in_prison_six_months",
    person,
    kind="bool",
    label="在押且刑期满6个月",
    sources=("DI08",),
    note="首尾两日都算在刑期内",
)
fact("is_in_detox", person, kind="bool", label="强制隔离戒毒执行中", sources=("DI09",))
fact("detox_since", person, kind="date", label="强制隔离戒毒起始日期", sources=("DI09",))
fact(
    "is_in_detox_six_months",
    person,
    kind="bool",
    label="强制隔离戒毒执行中且满6个月",
    sources=("DI09",),
    note="期限，首尾都算",
)

fact(
    "exits_abroad_12m",
    person,
    unit="times",
    label="近12个月出境次数",
    sources=("DI05",),
    note="按日：12个月前的同日至扫描日出境的",
)
fact(
    "days_abroad_12m",
    person,
    unit="days",
    label="近12个月境外天数",
    sources=("DI05",),
    note="entry_date−exit_date，只计12个月内的部分；未归的计至扫描日",
)
