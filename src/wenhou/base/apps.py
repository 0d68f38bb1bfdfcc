from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class BaseConfig(AppConfig):
    name = "wenhou.base"
    label = "base"

    def ready(self) -> None:
        """The audit's triggers follow the tables; a new connection learns who acts."""
        from wenhou.base.audit import actors, triggers

        pre_migrate.connect(triggers.loosen, sender=self, dispatch_uid="audit")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="audit")
        connection_created.connect(actors.introduce, dispatch_uid="audit")
