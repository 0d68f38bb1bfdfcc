"""What came with the upload form, laid out as the two files a delivery is."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from wenhou.base.errors import Refused
from wenhou.exchange import manifests
from wenhou.lake import sealed


@contextmanager
def laid_out(request: HttpRequest) -> Iterator[Path]:
    """The data file, its manifest beside it where the form says what it is; removed afterwards."""
    given = request.FILES.get("file")
    if given is None or not given.name:
        raise Refused("请选择要上传的文件。")
    root = Path(settings.WENHOU_UPLOADS)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        yield _lay_out(request, given, Path(folder))


def _lay_out(request: HttpRequest, given: UploadedFile, folder: Path) -> Path:
    assert given.name is not None
    if given.name.lower().endswith(".zip"):
        return _write(given, folder / "delivery.zip")
    name = manifests.file_name(given.name)
    if not request.POST.get("contract"):
        raise Refused("请选择这是哪一项数据；多个文件请打成ZIP，每个文件旁放一份清单。")
    manifest = {
        "contract": request.POST["contract"],
        "number": request.POST.get("number", "").strip(),
        "division": request.POST.get("division", "").strip(),
        "period": {
            "from": _day(request.POST.get("period_from", "")),
            "to": _day(request.POST.get("period_to", "")),
        },
        "mode": request.POST.get("mode", "full"),
        "file": name,
    }
    (folder / f"{name.rpartition('.')[0]}.manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return _write(given, folder / name)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused("请写明数据的起止日期。") from None


def _write(given: UploadedFile, path: Path) -> Path:
    with sealed.create(path, lasting=False) as target:
        for chunk in given.chunks(4 << 20):
            target.write(chunk)
    return path
