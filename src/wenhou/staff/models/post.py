from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wenhou.staff.enums import Matter, Role


def held(on: date, *, post: str = "") -> Q:
    """A condition on posts: approved, not ended, and within their term on a day, by somebody who works here. post: the way to
    the post, 'post__', where it is not the row itself."""
    term = Q(**{f"{post}since__lte": on}) & (
        Q(**{f"{post}until__isnull": True}) | Q(**{f"{post}until__gte": on})
    )
    return term & Q(
        **{
            f"{post}approved_at__isnull": False,
            f"{post}ended_at__isnull": True,
            f"{post}account__is_active": True,
        }
    )


class Post(models.Model):
    """A role held at a place for a term. The place is a division code of 2 to 12 digits, its significant prefix.

    One proposes it and another approves it; it opens nothing before. `lender` and `lender_id` are of a post that somebody acts
    by and another holds, and are not kept with it.
    """

    lender = ""
    lender_id: int | None = None

    account = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    division = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day; empty while the post is held")
    matters = ArrayField(
        models.CharField(max_length=8, choices=Matter.choices),
        default=list,
        blank=True,
        help_text="which special walls the post may look behind",
    )
    proposed_by = models.ForeignKey(
        "staff.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty where it was given on the server",
    )
    approved_by = models.ForeignKey(
        "staff.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(
        null=True, blank=True, help_text="empty while it waits: it opens nothing"
    )
    ended_by = models.ForeignKey(
        "staff.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="taken back at this moment, or never approved"
    )

    class Meta:
        db_table = "staff_post"
        indexes = [models.Index(fields=["division"], name="staff_post_division")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="staff_post_term"
            ),
            models.UniqueConstraint(
                fields=["account", "role", "division", "since"],
                condition=Q(ended_at__isnull=True),
                name="staff_post_held_once",
            ),
            models.CheckConstraint(
                condition=Q(matters__contained_by=list(Matter.values)), name="staff_post_matters_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(approved_by=F("proposed_by")),
                name="staff_post_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.division}"
