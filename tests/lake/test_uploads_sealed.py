"""A long upload lies nowhere in clear."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from wenhou.base.secrets.blocks import MAGIC
from wenhou.lake.uploads import SealedUploads

CONTENT = "640104198001010017,马金丝雀\n".encode() * 200_000


def sent() -> HttpRequest:
    return RequestFactory().post("/", {"file": SimpleUploadedFile("DI01.csv", CONTENT), "contract": "DI01"})


def test_a_long_upload_is_sealed_on_its_way_and_read_whole(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads, seen = Path(settings.WENHOU_UPLOADS), list[bytes]()
    complete = SealedUploads.file_complete

    def looked_at(handler: SealedUploads, size: int) -> Any:
        handler.target.close()  # type: ignore[union-attr]
        seen.extend(path.read_bytes() for path in uploads.iterdir())
        return complete(handler, size)

    monkeypatch.setattr(SealedUploads, "file_complete", looked_at)
    found = sent().FILES["file"]
    (raw,) = seen
    assert raw.startswith(MAGIC)
    assert "金丝雀".encode() not in raw
    assert list(uploads.iterdir()) == []
    assert (found.name, found.size, found.read()) == ("DI01.csv", len(CONTENT), CONTENT)
    assert b"".join(found.chunks()) == CONTENT
    found.close()


def test_what_is_broken_off_leaves_nothing(settings: Any) -> None:
    handler = SealedUploads()
    handler.new_file("file", "DI01.csv", "text/csv", None)
    handler.receive_data_chunk(CONTENT, 0)
    handler.upload_interrupted()
    assert list(Path(settings.WENHOU_UPLOADS).iterdir()) == []
