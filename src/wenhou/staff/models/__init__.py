from wenhou.staff.models.account import Account
from wenhou.staff.models.delegation import Delegation
from wenhou.staff.models.factor import OldPassword, SecondFactor
from wenhou.staff.models.look import Look, OddLooks
from wenhou.staff.models.post import Post
from wenhou.staff.models.submission import Submission

__all__ = ["Account", "Delegation", "Look", "OddLooks", "OldPassword", "Post", "SecondFactor", "Submission"]
