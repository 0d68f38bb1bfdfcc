"""Places and the lists they came from."""

from wenhou.divisions.models.division import Division, DivisionQuerySet, Level
from wenhou.divisions.models.place_list import ListKind, PlaceList

__all__ = ["Division", "DivisionQuerySet", "Level", "ListKind", "PlaceList"]
