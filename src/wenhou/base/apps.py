from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wenhou.base"
    label = "base"
