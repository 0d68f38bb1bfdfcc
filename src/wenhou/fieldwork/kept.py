"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, Kept, Wall, person, place
from wenhou.fieldwork.models import Visit

KEPT = {
    Visit: Kept(place("division") | person("person"), INSERT, wall=Wall("wall", ("division",))),
}
