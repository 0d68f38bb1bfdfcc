from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "wenhou.linkage"
    label = "linkage"
