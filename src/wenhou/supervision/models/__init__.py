from wenhou.supervision.models.destruction import Destruction
from wenhou.supervision.models.request import PersonalRequest

__all__ = ["Destruction", "PersonalRequest"]
