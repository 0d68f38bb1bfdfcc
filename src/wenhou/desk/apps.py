from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "wenhou.desk"
    label = "desk"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from wenhou.desk import sessions

        user_logged_in.connect(sessions.begin, dispatch_uid="wenhou.desk.sessions")
