from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "wenhou.supervision"
    label = "supervision"
