from django.db.models import TextChoices


class Purpose(TextChoices):
    VERIFY = "核查", "核查"
    HOME_VISIT = "入户调查", "入户调查"
    CALL = "探访", "探访"
    SPOT_CHECK = "抽查", "抽查"
    RECTIFICATION = "整改复核", "整改复核"
