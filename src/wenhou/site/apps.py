from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "wenhou.site"
    label = "site"
