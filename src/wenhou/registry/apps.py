from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "wenhou.registry"
    label = "registry"
