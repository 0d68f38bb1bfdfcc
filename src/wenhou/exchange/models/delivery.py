from django.db import models
from django.db.models import F, Q

from wenhou.exchange.enums import Channel, DeliveryState


class Delivery(models.Model):
    """One file a source handed in, with what its manifest said and what became of its rows."""

    contract = models.CharField(max_length=8)
    number = models.CharField(max_length=60, help_text="the sender's own number")
    division = models.CharField(max_length=12)
    period_from = models.DateField()
    period_to = models.DateField()
    mode = models.CharField(max_length=5, choices=[("full", "全量"), ("delta", "增量")])
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    by = models.ForeignKey("staff.Account", null=True, blank=True, on_delete=models.PROTECT)
    sender = models.CharField(max_length=60, blank=True, help_text="the API key's source")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.RECEIVED)
    stage = models.CharField(max_length=30, blank=True, help_text="what the load is doing, in Chinese")
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    rows_read = models.BigIntegerField(default=0)
    rows_loaded = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    reject_reasons = models.JSONField(default=dict, help_text="reason → rows")
    remarks = models.JSONField(default=dict, help_text="reported, not refused: reason → rows")
    refusal = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    origin = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="linked",
        help_text="of rows that were linked to a person afterwards: the delivery they came in",
    )

    class Meta:
        db_table = "exchange_delivery"
        indexes = [models.Index(fields=["contract", "-received_at"], name="exchange_delivery_contract")]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "division", "number"],
                condition=~Q(state="refused"),
                name="exchange_delivery_once",
            ),
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to")), name="exchange_delivery_period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.number}"
