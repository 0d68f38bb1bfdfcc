from django.db.models import TextChoices


class RightKind(TextChoices):
    """What somebody asks about what is kept of them (PIPL §§24, 44-47)."""

    ACCESS = "access", "查阅"
    COPY = "copy", "复制"
    CORRECT = "correct", "更正补充"
    ERASE = "erase", "删除"
    EXPLAIN = "explain", "说明规则"


class Asker(TextChoices):
    """Who asks (PIPL §§31, 49): others than the person show what entitles them."""

    SELF = "self", "本人"
    GUARDIAN = "guardian", "监护人"
    KIN = "kin", "死者近亲属"
    AGENT = "agent", "受托人"


class RequestState(TextChoices):
    """How far a request has come."""

    OPEN = "open", "在办"
    ANSWERED = "answered", "已答复"
    REFUSED = "refused", "不予办理"
    WITHDRAWN = "withdrawn", "已撤回"
