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

KEPT = {
    Person: Kept(STAFF),
    PersonRecord: Kept(place("hukou_division") | person("person")),
    Residence: Kept(place("division") | person("person")),
    Household: Kept(household("id")),
    Membership: Kept(person("person")),
    Publication: Kept(PUBLIC),
    RegisterEntry: Kept(place("division", "resides_division") | person("person")),
}
