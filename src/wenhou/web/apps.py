from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wenhou.web"
    label = "web"
