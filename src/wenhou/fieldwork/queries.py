"""Visits others may read, within what the reader may see."""

from wenhou.fieldwork.models import Visit
from wenhou.staff.queries import Scope


def visits_for(reference: str, scope: Scope) -> list[Visit]:
    """Visits made for something ('alert:YJ2026000001'), latest first, within the scope."""
    return list(
        Visit.objects.filter(scope.q("division", wall="wall"), reference=reference)
        .select_related("by")
        .order_by("-visited_on", "-id")
    )


def has_visit(reference: str) -> bool:
    """Whether somebody went, whatever they found."""
    return Visit.objects.filter(reference=reference).exists()


def visits_to(scope: Scope, *, person: int | None = None, household: int | None = None) -> list[Visit]:
    """Visits to a person or a household, latest first, within the scope."""
    found = Visit.objects.filter(scope.q("division", wall="wall")).select_related("by")
    found = found.filter(person=person) if person is not None else found
    found = found.filter(household=household) if household is not None else found
    return list(found.order_by("-visited_on", "-id"))
