"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import STAFF, Kept, place, through
from wenhou.registry.models import (
    Household,
    Membership,
    Person,
    PersonRecord,
    Publication,
    RegisterEntry,
    Residence,
)

_ARRIVED = "随部门来件成批写入，每行带来件号和行号，旧行留存，来件有记录"

KEPT = {
    Person: Kept(STAFF, unaudited=_ARRIVED),
    PersonRecord: Kept(place("hukou_division"), unaudited=_ARRIVED),
    Residence: Kept(place("division"), unaudited=_ARRIVED),
    Household: Kept(place("county", reaching=True), unaudited=_ARRIVED),
    Membership: Kept(through("household"), unaudited=_ARRIVED),
    Publication: Kept(STAFF, unaudited=_ARRIVED),
    RegisterEntry: Kept(place("division", "resides_division"), unaudited=_ARRIVED),
}
