from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class SiteConfig(AppConfig):
    name = "wenhou.site"
    label = "site"

    def ready(self) -> None:
        """Listed last, so every room is ready when the reactions are tied to its news, and has its tables when the
        database is told who sees them."""
        from wenhou.site import reactions, trust

        reactions.connect()
        # Django tells of migrations to rooms with tables only, one after the other
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        pre_migrate.connect(trust.before_migration, sender=last)
        post_migrate.connect(trust.after_migration, sender=last)
