from wenhou.linkage.models.linked import LinkedLine
from wenhou.linkage.models.mention import IdentityDecision, IdentityDoubt, Mention, Sighting
from wenhou.linkage.models.merge import PersonMerge

__all__ = ["IdentityDecision", "IdentityDoubt", "LinkedLine", "Mention", "PersonMerge", "Sighting"]
