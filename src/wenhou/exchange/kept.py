"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, UPDATE, Kept, place
from wenhou.exchange.models import Delivery

KEPT = {
    Delivery: Kept(
        place("division", reaching=True), INSERT | UPDATE, passing=frozenset({"stage", "progress"})
    ),
}
