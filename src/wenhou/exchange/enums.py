from django.db.models import TextChoices


class DeliveryState(TextChoices):
    RECEIVED = "received", "已收到"
    LOADING = "loading", "装入中"
    LOADED = "loaded", "已装入"
    REFUSED = "refused", "未收下"


class Channel(TextChoices):
    COMMAND = "command", "命令"
    DESK = "desk", "页面上传"
    API = "api", "接口推送"
    LINKED = "linked", "认人"
