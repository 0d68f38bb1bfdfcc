from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "wenhou.exchange"
    label = "exchange"
