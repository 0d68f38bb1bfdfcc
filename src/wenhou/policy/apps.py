from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "wenhou.policy"
    label = "policy"
