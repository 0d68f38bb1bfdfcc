"""A password is changed by who knows it; the old one is remembered, and every other session ends."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from wenhou.base.errors import Refused
from wenhou.staff.models import Account, OldPassword


@transaction.atomic
def change(*, account: Account, old: str, new: str, at: datetime) -> Account:
    """Give the account a new password. Raises Refused where the old one is wrong or the new one is not good enough."""
    kept = Account.objects.select_for_update().get(pk=account.pk)
    if not kept.check_password(old):
        raise Refused("现在的密码不对。")
    try:
        validate_password(new, kept)
    except ValidationError as weak:
        raise Refused("新密码不合要求：" + "".join(weak.messages)) from None
    OldPassword.objects.create(account=kept, password=kept.password, until=at)
    kept.set_password(new)
    kept.password_set_at = at
    kept.save(update_fields=["password", "password_set_at"])
    return kept
