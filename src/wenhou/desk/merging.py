"""Two registered people found to be one, on a person's page: what stands, what was undone, and whom is meant."""

from dataclasses import dataclass

from wenhou.base.errors import Refused
from wenhou.base.identity import IdNumber, mask_name
from wenhou.lake import vault
from wenhou.linkage import queries as linkage
from wenhou.linkage.models import PersonMerge
from wenhou.registry import queries as registry
from wenhou.registry.models import PersonRecord
from wenhou.staff.queries import Scope
from wenhou.web import numbers


@dataclass(frozen=True)
class Merge:
    """One merge as seen from one of the two. `other_name` is masked."""

    merge: PersonMerge
    other: int
    other_name: str
    is_kept: bool
    """Whether the page's person is the one whose key is kept."""
    is_near: bool


def merges(key: int, scope: Scope) -> list[Merge]:
    """Every merge a person was ever in, the latest first."""
    found = linkage.merges_of(key)
    if not found:
        return []
    others = {one.absorbed if one.kept == key else one.kept for one in found}
    names = dict(
        PersonRecord.objects.filter(person__in=others, superseded_at=None).values_list("person_id", "name")
    )
    near = set(registry.people_in(scope).filter(key__in=others).values_list("key", flat=True))
    return [_merge(one, key, names, near) for one in reversed(found)]


def whom(text: str, scope: Scope) -> int:
    """The key of whom an identity number or a record's number on the page names. Raises Refused where nobody in sight.

    A whole number may also be one that nobody but departments' files knows, who is in nobody's sight.
    """
    key = numbers.whole(text) if len(text.strip()) < 15 else None
    try:
        found = key or vault.keys_of([IdNumber.parse(text.strip()).text]).popitem()[1]
    except (ValueError, KeyError):
        raise Refused("没有查到这个证号或档案号。") from None
    places = registry.places(found)
    if not any(scope.covers(code) for code in places) and (key or linkage.place_of(found)):
        raise Refused("您的岗位范围内没有这个人。")
    return found


def _merge(one: PersonMerge, key: int, names: dict[int, str], near: set[int]) -> Merge:
    other = one.absorbed if one.kept == key else one.kept
    return Merge(one, other, mask_name(names.get(other, "")), one.kept == key, other in near)
