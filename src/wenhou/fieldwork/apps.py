from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "wenhou.fieldwork"
    label = "fieldwork"
