from wenhou.fieldwork.models.visit import Visit

__all__ = ["Visit"]
