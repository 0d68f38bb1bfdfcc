"""A load that is killed leaves nothing, and can be loaded again. The killing is real: SIGKILL, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from exchange.factories import DI31, ON, csv_text, di31_row, put, receive
from wenhou.base.errors import WenhouError
from wenhou.base.models import News
from wenhou.exchange.actions import deliveries
from wenhou.exchange.models import Delivery
from wenhou.lake import files
from wenhou.lake.models import Identity, Part

LOADER = """
import os, signal, sys
import django
django.setup()
from datetime import date
from wenhou.base import outbox
from wenhou.exchange.actions import deliveries
from wenhou.exchange.loading import job, keeping, rejects
from wenhou.exchange.models import Delivery

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

outbox.forward_to(lambda kind, body: None)
where = sys.argv[2]
if where == "while checking":
    rejects.gather = die
elif where == "before the facts are written":
    keeping.write = die
elif where == "before the commit":
    job.tell = die
deliveries.load(Delivery.objects.get(pk=int(sys.argv[1])), on=date(2026, 11, 1))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["while checking", "before the facts are written", "before the commit"])
def test_a_killed_load_leaves_nothing_and_the_next_one_finishes(tmp_path: Path, where: str) -> None:
    (delivery,) = receive(put(tmp_path / "in", csv_text(DI31, [di31_row(1), di31_row(2)])))
    died = subprocess.run(
        [sys.executable, "-c", LOADER, str(delivery.pk), where],
        env={**os.environ, "WENHOU_HOME": str(tmp_path), "DATABASE_URL": database_url(),
             "DJANGO_SETTINGS_MODULE": "wenhou.site.settings"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert Delivery.objects.get().state == "loading"
    assert not Part.objects.exists()
    assert not Identity.objects.exists()
    assert not News.objects.exists()
    orphans = list((files.root() / "facts").rglob("*.parquet"))
    assert len(orphans) == (1 if where == "before the commit" else 0)

    (other,) = receive(put(tmp_path / "other", csv_text(DI31, [di31_row(3)]), division="640105"))
    deliveries.load(other, on=ON)
    assert [path.stem for path in (files.root() / "facts").rglob("*.parquet")] == [f"{other.pk:08d}"]
    assert list(files.scratch().iterdir()) == []

    again = deliveries.load(delivery, on=ON)
    assert (again.state, again.rows_loaded, Part.objects.count(), News.objects.count()) == ("loaded", 2, 2, 2)


def database_url() -> str:
    told = connection.settings_dict
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


@pytest.mark.django_db
def test_a_full_disk_leaves_nothing_and_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (delivery,) = receive(put(tmp_path / "in", csv_text(DI31, [di31_row(1)])))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(files, "settle", full)
        with pytest.raises(WenhouError, match="装入没有完成，什么也没有装入"):
            deliveries.load(delivery, on=ON)
    assert (Delivery.objects.get().state, Part.objects.count(), Identity.objects.count()) == (
        "received",
        0,
        0,
    )
    assert deliveries.load(delivery, on=ON).rows_loaded == 1


@pytest.mark.django_db
def test_files_of_deliveries_that_never_came_to_be_are_swept(tmp_path: Path) -> None:
    ghost, fresh = files.landing_folder(999_001), files.landing_folder(999_002)
    for folder in (ghost, fresh):
        folder.mkdir(parents=True)
    an_hour_ago = time.time() - 3700
    os.utime(ghost, (an_hour_ago, an_hour_ago))
    (delivery,) = receive(put(tmp_path / "in", csv_text(DI31, [di31_row(1)])))
    os.utime(files.landing_folder(delivery.pk), (an_hour_ago, an_hour_ago))
    deliveries.load(delivery, on=ON)
    assert (ghost.exists(), fresh.exists()) == (False, True)
    assert (files.landing_folder(delivery.pk) / "DI31.csv").exists()
