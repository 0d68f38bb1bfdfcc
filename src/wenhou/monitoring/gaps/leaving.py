"""Open gaps of whoever lives under another law now, or in no household that is known: nobody is asked about them where they
were found, so no answer would ever end them."""

from collections import defaultdict
from collections.abc import Iterable

from wenhou.lake import store
from wenhou.monitoring import absorbed
from wenhou.monitoring.gaps.enums import OPEN_GAPS, GapKind
from wenhou.monitoring.models import Gap
from wenhou.policy import answers
from wenhou.policy.runs import batches
from wenhou.policy.runs.batches import Applications

MOVED = "已迁往别处，由现在住的地方另行比对"
NOWHERE = "已不在登记的任何一户（迁出、注销、分户或并户）"


def left(applications: Applications, *, place: str) -> dict[str, list[int]]:
    """Reason → gaps to end, of those that were found, or whose subject lives, under a prefix.

    What is paid to somebody who has left for nobody knows where is not ended: a review of it stays.
    """
    found: dict[str, list[int]] = defaultdict(list)
    same, counties = store.same_people(), set(applications.counties())
    rows = list(Gap.objects.filter(state__in=OPEN_GAPS).values_list("id", "subject", "kind", "county"))
    lives = _lives(applications, {absorbed.read_as(subject, same) for _, subject, _, _ in rows})
    for key, subject, kind, county in rows:
        now = lives.get(absorbed.read_as(subject, same))
        if not county.startswith(place) and not (now or "").startswith(place):
            continue
        if now is None and kind != GapKind.UNFOUNDED:
            found[NOWHERE].append(key)
        elif now is not None and (_law(now) != _law(county) or county not in counties):
            found[MOVED].append(key)
    return found


def _law(county: str) -> tuple[str | None, str]:
    """What differs where somebody moves to another region: whose formulas, and whose province."""
    [region] = batches.grouped([county], answers.declare())
    return region, county[:2]


def _lives(applications: Applications, subjects: Iterable[str]) -> dict[str, str]:
    """Subject → the county of their household, of those who have one."""
    asked: dict[str, list[int]] = {"p": [], "h": []}
    for subject in sorted(subjects):
        asked[subject[0]].append(int(subject[1:]))
    query = f"""
        select 'p' || person, homes.county from {applications.tables["persons"]} people
        join {applications.tables["households"]} homes using (household) where list_contains($p, person)
        union all
        select 'h' || household, county from {applications.tables["households"]}
        where list_contains($h, household)"""
    return dict(applications.connection.execute(query, asked).fetchall())
