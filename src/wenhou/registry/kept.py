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

KEPT = {
    Person: Kept(STAFF),
    PersonRecord: Kept(place("hukou_division")),
    Residence: Kept(place("division")),
    Household: Kept(place("county", reaching=True)),
    Membership: Kept(through("household")),
    Publication: Kept(STAFF),
    RegisterEntry: Kept(place("division", "resides_division")),
}
