"""People whom the vault knows by keys that a test chose."""

from wenhou.base.secrets import keys
from wenhou.lake.models import Identity
from wenhou.lake.models.identity import NUMBER


def know(key: int, number: str) -> int:
    """Put somebody's number into the vault under a key, which is given back."""
    Identity.objects.create(key=key, mark=keys.blind(NUMBER, number), number=number)
    return key
