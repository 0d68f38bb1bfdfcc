"""Whether the table of divisions knows the town or village that is asked about: certain where its county's official list
was loaded. What the list that we ship can tell is told when the document is read (`applications.places`).
"""

from datetime import date

from wenhou.base import clock
from wenhou.divisions import queries
from wenhou.divisions.models import ListKind, PlaceList

COUNTY = 6


def check(place: str, on: date) -> None:
    """Raises Refused where the official list of the county has no such place, or it was in use neither on the day nor is
    today: a list tells names, and not since when they were borne.
    """
    lists = PlaceList.objects.filter(kind=ListKind.OFFICIAL, counties__contains=[place[:COUNTY]])
    if len(place) < COUNTY or not lists.exists():
        return
    if not queries.is_valid(place, clock.today()):
        queries.find(place, on)
