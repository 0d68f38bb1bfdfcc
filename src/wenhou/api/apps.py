from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "wenhou.api"
    label = "api"
