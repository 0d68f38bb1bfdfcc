from wenhou.linkage.models.mention import IdentityDecision, IdentityDoubt, Mention, Sighting
from wenhou.linkage.models.merge import PersonMerge

__all__ = ["IdentityDecision", "IdentityDoubt", "Mention", "PersonMerge", "Sighting"]
