from wenhou.lake.models.identity import Identity
from wenhou.lake.models.part import Part

__all__ = ["Identity", "Part"]
