from wenhou.supervision.models.request import PersonalRequest

__all__ = ["PersonalRequest"]
