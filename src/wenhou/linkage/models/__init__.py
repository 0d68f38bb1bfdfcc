from wenhou.linkage.models.mention import IdentityDecision, IdentityDoubt, Mention
from wenhou.linkage.models.merge import PersonMerge

__all__ = ["IdentityDecision", "IdentityDoubt", "Mention", "PersonMerge"]
