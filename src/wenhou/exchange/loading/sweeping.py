"""What processes that died left behind goes before the next load begins."""

import shutil
import time
from pathlib import Path

from wenhou.exchange.enums import DeliveryState
from wenhou.exchange.models import Delivery
from wenhou.lake import files
from wenhou.lake.actions import parts

_OLD_SECONDS = 3600


def sweep(contract: str) -> None:
    """Scratch of dead processes, facts no part knows, files of deliveries that never came to be.

    Landing and rejects are swept only when an hour old: somebody may be about to commit what they belong to. The
    caller holds the lock on the contract.
    """
    files.sweep_scratch()
    parts.sweep(contract)
    done = (DeliveryState.LOADED, DeliveryState.REFUSED)
    for path in _old(files.root() / "landing"):
        if not Delivery.objects.filter(pk=int(path.name)).exclude(state=DeliveryState.REFUSED).exists():
            shutil.rmtree(path, ignore_errors=True)
    for path in _old(files.root() / "rejects"):
        if not Delivery.objects.filter(pk=int(path.stem), state__in=done).exists():
            path.unlink(missing_ok=True)


def _old(folder: Path) -> list[Path]:
    """Entries that were last touched an hour to two days ago; older ones have been looked at before."""
    now = time.time()
    if not folder.is_dir():
        return []
    return [
        path for path in folder.iterdir() if _OLD_SECONDS < now - path.stat().st_mtime < 48 * _OLD_SECONDS
    ]
