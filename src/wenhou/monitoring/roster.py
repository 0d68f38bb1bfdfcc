"""Who is responsible where: down the division tree to the deepest post, the least laden of several."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count

from wenhou.monitoring.enums import OPEN_STATES
from wenhou.monitoring.models import Alert
from wenhou.staff.enums import Role
from wenhou.staff.models import Post
from wenhou.staff.models.post import held

RESPONSIBLE = {
    12: Role.VILLAGE_ASSISTANT,
    9: Role.TOWN_OFFICER,
    6: Role.COUNTY_OFFICER,
    4: Role.COUNTY_OFFICER,
    2: Role.COUNTY_OFFICER,
}
"""The role that answers for alerts at each depth of the tree, by digits of the code, deepest first. City and region
have no role of their own: whoever holds the county's there answers where nobody deeper does."""


class Roster:
    """The posts held on a day and how many open alerts each has. Handing out an alert counts it."""

    def __init__(self, *, on: date) -> None:
        found = Post.objects.filter(held(on), role__in=RESPONSIBLE.values()).order_by("pk")
        self._at: dict[str, list[Post]] = defaultdict(list)
        for post in found.select_related("account"):
            if RESPONSIBLE.get(len(post.division)) == post.role:
                self._at[post.division].append(post)
        laden = Alert.objects.filter(state__in=OPEN_STATES, post__isnull=False)
        self._load = Counter(dict(laden.values_list("post").annotate(Count("pk")).order_by()))

    def responsible_for(self, division: str, *, wall: str = "") -> Post | None:
        """The post for a 12-digit place: village, else town, county, city, region, else None. Behind a wall only posts that
        have the matter."""
        for digits in RESPONSIBLE:
            posts = [post for post in self._at.get(division[:digits], ()) if not wall or wall in post.matters]
            if posts:
                chosen = min(posts, key=lambda post: (self._load[post.pk], post.pk))
                self._load[chosen.pk] += 1
                return chosen
        return None
