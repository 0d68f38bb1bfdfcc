from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "wenhou.staff"
    label = "staff"
