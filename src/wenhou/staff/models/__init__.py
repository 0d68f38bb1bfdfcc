from wenhou.staff.models.account import Account
from wenhou.staff.models.factor import OldPassword, SecondFactor
from wenhou.staff.models.look import Look
from wenhou.staff.models.post import Post

__all__ = ["Account", "Look", "OldPassword", "Post", "SecondFactor"]
