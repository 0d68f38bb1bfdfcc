from django.db import models
from django.db.models import F, Q

from wenhou.staff.enums import Role


class Post(models.Model):
    """A role held at a place for a term. The place is a division code of 2 to 12 digits, its significant prefix."""

    account = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    division = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day; empty while the post is held")

    class Meta:
        db_table = "staff_post"
        indexes = [models.Index(fields=["division"], name="staff_post_division")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="staff_post_term"
            ),
            models.UniqueConstraint(fields=["account", "role", "division", "since"], name="staff_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.division}"
