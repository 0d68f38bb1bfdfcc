"""What others may read of links, doubts and decisions, already limited to what the reader may see."""

from wenhou.linkage.models import IdentityDecision, IdentityDoubt, Mention, PersonMerge
from wenhou.staff.queries import Scope


def open_doubts(*, scope: Scope) -> list[IdentityDoubt]:
    """The queue: every person in sight whom a record may mean, the records together, the likeliest first."""
    found = IdentityDoubt.objects.filter(scope.q("division"), closed_on=None)
    return list(found.select_related("mention").order_by("mention", "place"))


def decisions(*, mention: Mention) -> list[IdentityDecision]:
    """Everything that was ever found of a mention, in order."""
    return list(mention.decisions.select_related("by").order_by("pk"))


def person_of(key: int) -> int:
    """The key a person is read by: itself, unless it was merged into another."""
    found = PersonMerge.objects.filter(absorbed=key, undone_on=None).values_list("kept", flat=True).first()
    return key if found is None else found


def merges_of(key: int) -> list[PersonMerge]:
    """Every merge a key was ever in, undone ones too, in order."""
    kept, absorbed = PersonMerge.objects.filter(kept=key), PersonMerge.objects.filter(absorbed=key)
    return list((kept | absorbed).order_by("pk"))
