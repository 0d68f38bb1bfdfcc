"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import PUBLIC, STAFF, Kept, household, person, place
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
    PersonRecord: Kept(place("hukou_division") | person("person"), unaudited=_ARRIVED),
    Residence: Kept(place("division") | person("person"), unaudited=_ARRIVED),
    Household: Kept(household("id"), unaudited=_ARRIVED),
    Membership: Kept(person("person"), unaudited=_ARRIVED),
    Publication: Kept(PUBLIC, unaudited=_ARRIVED),
    RegisterEntry: Kept(place("division", "resides_division") | person("person"), unaudited=_ARRIVED),
}
