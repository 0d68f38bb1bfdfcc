"""All reactions stand here. Reading this table is reading the platform."""


def on_app_ready(app: object) -> None:
    """procrastinate is ready: nothing reacts yet."""
