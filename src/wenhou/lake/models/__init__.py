from wenhou.lake.models.identity import Identity
from wenhou.lake.models.part import Part
from wenhou.lake.models.same_person import SamePerson

__all__ = ["Identity", "Part", "SamePerson"]
