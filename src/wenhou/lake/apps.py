from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "wenhou.lake"
    label = "lake"
