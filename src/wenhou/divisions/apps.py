from django.apps import AppConfig


class DivisionsConfig(AppConfig):
    name = "wenhou.divisions"
    label = "divisions"
