from django.db.models import TextChoices


class Role(TextChoices):
    """What a post does. Which acts each role may do stands in `staff.permits`."""

    VILLAGE_ASSISTANT = "village_assistant", "村级协理员"
    TOWN_OFFICER = "town_officer", "乡镇经办员"
    COUNTY_OFFICER = "county_officer", "县级经办员"
    ANALYST = "analyst", "分析员"
    AUDITOR = "auditor", "审计员"
    EXCHANGE_OPERATOR = "exchange_operator", "数据接入员"
    POLICY_OFFICER = "policy_officer", "政策员"


class FactorKind(TextChoices):
    """What an account proves itself with beside its password."""

    TOTP = "totp", "动态口令"
    PAPER = "paper", "备用码"
