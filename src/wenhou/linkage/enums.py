from django.db.models import TextChoices


class IdentityVerdict(TextChoices):
    """What somebody found of a record and a person. `UNDONE` takes the last word back: it is open again."""

    SAME = "same", "是同一人"
    NOT_SAME = "not_same", "不是同一人"
    UNDONE = "undone", "撤回"
