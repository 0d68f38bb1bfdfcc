from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "wenhou.monitoring"
    label = "monitoring"
