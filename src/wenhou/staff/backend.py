"""Who is signed in: from here on the database is asked for them."""

import json

from django.contrib.auth.backends import ModelBackend

from wenhou.base import clock, reader
from wenhou.staff import queries
from wenhou.staff.models import Account

_BEGIN = "select (account).*, held_posts, set_config('wenhou.request', %s, false) from staff_begin(%s)"


class Accounts(ModelBackend):
    """By name and password; and by the session, as the reader whom the database answers."""

    def get_user(self, user_id: int) -> Account | None:
        """Tell the database who asks, and fetch the account with today's posts: one statement."""
        today = clock.today()
        told = reader.signed(user_id, on=today)
        begun = Account.objects.raw(_BEGIN, [reader.request(), told])
        reader.is_told()
        account = next(iter(begun), None)
        if account is None or not self.user_can_authenticate(account):
            return None
        queries.hold(account, json.loads(vars(account)["held_posts"]), on=today)
        return account
