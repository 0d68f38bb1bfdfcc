"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, About, Kept, Wall, person, place
from wenhou.fieldwork.models import Visit

KEPT = {
    Visit: Kept(
        place("division") | person("person"),
        INSERT,
        wall=Wall("wall", ("division",)),
        about=About(
            "visits",
            "走访",
            {
                "visited_on": "入户日期",
                "purpose": "为什么入户",
                "met": "见到的人",
                "out_of_contact": "失联",
                "found": "了解到的情况",
            },
            people=("person",),
            households=("household",),
            since="visited_on",
        ),
    ),
}
