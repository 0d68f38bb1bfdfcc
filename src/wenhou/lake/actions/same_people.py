"""Which keys are read as another one's, for whoever reads the lake."""

from wenhou.lake.models import SamePerson


def read_as(*, absorbed: int, kept: int) -> None:
    """From now on rows under `absorbed` are read under `kept`. No row is touched."""
    SamePerson.objects.create(absorbed=absorbed, kept=kept)


def read_apart(*, absorbed: int) -> None:
    """Rows under this key are its own again."""
    SamePerson.objects.filter(absorbed=absorbed).delete()
