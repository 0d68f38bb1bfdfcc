"""Words of the entitlement gap."""

from django.db.models import TextChoices


class GapKind(TextChoices):
    """UNMET entitled and not receiving; UNFOUNDED receiving and not entitled; SHORT receiving too little."""

    UNMET = "应享未享", "应享未享"
    UNFOUNDED = "享而不符", "享而不符"
    SHORT = "享受不足", "享受不足"


class Confidence(TextChoices):
    """DETERMINED: all adults have authorised and the law answers; SCREENED: anything less."""

    DETERMINED = "判定", "判定"
    SCREENED = "筛查", "筛查"


class GapState(TextChoices):
    """OPEN nobody has acted; REVIEWED a review is under way; CLOSED by a run or by a person."""

    OPEN = "待核", "待核"
    REVIEWED = "核查中", "核查中"
    SNOOZED = "暂缓", "暂缓"
    CLOSED = "已结", "已结"


OPEN_GAPS = (GapState.OPEN, GapState.REVIEWED, GapState.SNOOZED)


class Period(TextChoices):
    """How an item's amount is reckoned; STATUS and SERVICE have none."""

    MONTH = "每月", "每月"
    YEAR = "每年", "每年"
    ONCE = "一次", "一次"
    STATUS = "认定", "认定"
    SERVICE = "服务", "服务"


class GapConclusion(TextChoices):
    """What a person found."""

    SETTLED = "已落实", "已落实"
    NOT_SO = "情况不属实", "情况不属实"
    NOT_NOW = "暂不符合", "暂不符合"
