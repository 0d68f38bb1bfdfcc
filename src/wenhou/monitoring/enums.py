from django.db.models import TextChoices


class AlertType(TextChoices):
    INCLUDE = "应纳尽纳", "应纳尽纳"
    DISCOVER = "主动发现", "主动发现"
    UNDER_HELPED = "救不够", "救不够"
    EXIT = "应退尽退", "应退尽退"
    ADJUST = "应调尽调", "应调尽调"
    OVERDUE = "经办督办", "经办督办"


class AlertState(TextChoices):
    WAITING = "待派", "待派"
    ASSIGNED = "待核", "待核"
    VERIFIED = "已核", "已核"
    SNOOZED = "暂缓", "暂缓"
    CLOSED = "销号", "销号"


OPEN_STATES = (AlertState.WAITING, AlertState.ASSIGNED, AlertState.VERIFIED, AlertState.SNOOZED)


class Outcome(TextChoices):
    """The outcomes of SA-ALERT."""

    COVERED = "纳入保障", "纳入保障"
    TEMPORARY_RELIEF = "临时救助", "临时救助"
    FORWARDED = "转部门", "转部门"
    SERVICE = "服务类救助", "服务类救助"
    REVIEW = "启动复核", "启动复核"
    CASE_MEETING = "一事一议", "一事一议"
    NOT_SO = "情况不属实", "情况不属实"
    NOT_ELIGIBLE = "暂不符合", "暂不符合"


class Colour(TextChoices):
    """Severity of an alert: red 70 and over, yellow 40 to 69, blue below (facts §18, provisional)."""

    RED = "红", "红"
    YELLOW = "黄", "黄"
    BLUE = "蓝", "蓝"


class RunState(TextChoices):
    QUEUED = "queued", "排队"
    RUNNING = "running", "运行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class RunKind(TextChoices):
    """Everybody is looked at, or those alone whom deliveries touched (docs/discussions/the-watch.md)."""

    FULL = "全量", "全量"
    ARRIVAL = "到达", "到达"
