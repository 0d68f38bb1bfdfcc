from wenhou.staff.models.account import Account
from wenhou.staff.models.look import Look
from wenhou.staff.models.post import Post

__all__ = ["Account", "Look", "Post"]
