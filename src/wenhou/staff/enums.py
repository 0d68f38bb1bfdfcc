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
    SYSTEM_ADMINISTRATOR = "system_admin", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_admin", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_admin", "审计管理员"


DUTIES = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""The three administrators (三员): held apart, beside no other post, and with no sight of anybody's data."""


class Matter(TextChoices):
    """What is told behind a wall: only posts that have the matter are given such rows (docs/discussions/trust.md)."""

    MINOR = "minor", "未成年人受侵害或无人照料"
    MENTAL = "mental", "精神障碍"
    REPORTER = "reporter", "谁反映的"


class FactorKind(TextChoices):
    """What an account proves itself with beside its password."""

    TOTP = "totp", "动态口令"
    PAPER = "paper", "备用码"
