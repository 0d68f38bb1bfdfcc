from datetime import date
from pathlib import Path

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "wenhou.linkage"
    label = "linkage"

    def ready(self) -> None:
        from wenhou.policy import publishing

        publishing.publish_with(_publish)


def _publish(*, as_of: date) -> Path:
    from wenhou.linkage import applications  # only when it is asked for: not every command reads the lake

    return applications.publish(as_of=as_of)
