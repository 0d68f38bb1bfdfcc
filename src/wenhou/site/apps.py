from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "wenhou.site"
    label = "site"

    def ready(self) -> None:
        """Listed last, so every room is ready when the reactions are tied to its news."""
        from wenhou.site import reactions

        reactions.connect()
