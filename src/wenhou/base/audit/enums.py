from django.db.models import TextChoices


class AuditAct(TextChoices):
    """What was done to a row, or to a whole table."""

    INSERT = "insert", "新增"
    UPDATE = "update", "修改"
    DELETE = "delete", "删除"
    TRUNCATE = "truncate", "清空"
