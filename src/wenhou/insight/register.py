"""Who is on the low-income register, counted so that it may be published."""

from datetime import date

import numpy as np
from django.db.models import Count

from wenhou.divisions import queries as divisions
from wenhou.insight import publishing
from wenhou.insight.publishing import Table
from wenhou.policy import queries
from wenhou.registry.enums import Category
from wenhou.registry.models import RegisterEntry

COUNTY = 6


def by_county(on: date) -> Table:
    """Counties × categories, people, by the place that answers for them. Raises Refused where the standard is missing."""
    now = RegisterEntry.objects.filter(superseded_at=None).exclude(status="退出")
    grouped = now.values_list("division", "category").annotate(people=Count("person", distinct=True))
    counted: dict[str, dict[str, int]] = {}
    for division, category, people in grouped:
        of_county = counted.setdefault(division[:COUNTY], {})
        of_county[category] = of_county.get(category, 0) + people
    counties = sorted(counted)
    names = divisions.lookup(counties)
    counts = np.array([[counted[one].get(kind, 0) for kind in Category.values] for one in counties])
    return publishing.published(
        [names[one] for one in counties],
        [str(label) for label in Category.labels],
        counts.reshape(len(counties), len(Category.values)),
        least=queries.whole_number("publish_least_people", "", on),
    )
