from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "wenhou.desk"
    label = "desk"
