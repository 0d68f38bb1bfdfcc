"""What processes that died left behind goes before the next load begins."""

import shutil
import time
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from wenhou.exchange.enums import DeliveryState
from wenhou.exchange.models import Delivery
from wenhou.lake import erasing, files
from wenhou.lake.actions import parts

_OLD_SECONDS = 3600
AGED = "来件装入后保存期满"


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


def retire(contract: str, *, on: date) -> int:
    """Destroy what was sent of deliveries loaded WENHOU_KEEP_SENT_DAYS ago or longer, and what was given back; not the rows
    that wait to be recognised. Gives how many files."""
    last = on - timedelta(days=settings.WENHOU_KEEP_SENT_DAYS)
    loaded = Delivery.objects.filter(
        contract=contract, state=DeliveryState.LOADED, finished_at__date__lte=last
    )
    done = 0
    for delivery in loaded.order_by("pk"):
        sent = files.landing_folder(delivery.pk) / delivery.file_name
        done += erasing.destroy(sent, files.rejects_path(delivery.pk), on=on, ground=AGED)
    return done


def _old(folder: Path) -> list[Path]:
    """Entries that were last touched an hour to two days ago; older ones have been looked at before."""
    now = time.time()
    if not folder.is_dir():
        return []
    return [
        path for path in folder.iterdir() if _OLD_SECONDS < now - path.stat().st_mtime < 48 * _OLD_SECONDS
    ]
