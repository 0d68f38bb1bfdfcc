"""Sources push deliveries here, and fetch what became of them. One door of three: all end in the same action."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from wenhou.api.keys import KeyAuth
from wenhou.api.models import SourceKey
from wenhou.api.refusals import REFUSALS
from wenhou.base import clock
from wenhou.base.errors import NotAllowed
from wenhou.exchange import manifests, queries
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.manifests import Manifest
from wenhou.exchange.models import Delivery
from wenhou.lake import files, sealed

NOT_THERE = "没有这份来件，或它不是您报的。"
router = Router(auth=KeyAuth(), tags=["来件"])


class DeliveryOut(Schema):
    """What became of a delivery. Counts are 0 until it is loaded."""

    id: int
    contract: str
    number: str
    division: str
    state: str
    stage: str
    progress: int
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    reject_reasons: dict[str, int]
    remarks: dict[str, int]
    refusal: str


CSV = {
    "responses": {200: {"description": "退回清单", "content": {"text/csv": {"schema": {"type": "string"}}}}}
}


@router.post("", response={202: DeliveryOut, **REFUSALS}, summary="报送一份数据文件及其清单")
def push(request: HttpRequest, file: File[UploadedFile], manifest: Form[str]) -> Status:
    """The same delivery again gives the one that is there. Loading is queued; ask for its state."""
    key: SourceKey = request.auth  # type: ignore[attr-defined]
    with _on_disk(file, manifest.encode()) as (data, told):
        (delivery,) = deliveries.receive(
            data,
            manifest=told,
            by=None,
            channel=Channel("api"),
            on=clock.today(),
            sender=key.name,
            allow=lambda parsed: _allow(key, parsed),
        )
    return Status(202, delivery)


@router.get("/{delivery_id}", response={200: DeliveryOut, **REFUSALS}, summary="一份来件的状态")
def state(request: HttpRequest, delivery_id: int) -> Delivery:
    """Of a delivery this key could have handed in."""
    return _find(request.auth, delivery_id)  # type: ignore[attr-defined]


@router.get(
    "/{delivery_id}/rejects", summary="退回清单（CSV）", response={200: None, **REFUSALS}, openapi_extra=CSV
)
def rejects(request: HttpRequest, delivery_id: int) -> FileResponse:
    """行号, 字段, 值, 原因; UTF-8 with BOM."""
    path = queries.rejects_path(_find(request.auth, delivery_id))  # type: ignore[attr-defined]
    if path is None:
        raise NotFound("这份来件没有退回的行。")
    return FileResponse(sealed.open_file(path), content_type="text/csv; charset=utf-8", as_attachment=True)


class NotFound(NotAllowed):
    """There is no such thing for this key."""


def _find(key: SourceKey, pk: int) -> Delivery:
    found = Delivery.objects.filter(
        pk=pk, contract__in=key.contracts, division__startswith=key.division, sender=key.name
    ).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def _allow(key: SourceKey, manifest: Manifest) -> None:
    if manifest.contract not in key.contracts:
        raise NotAllowed(f"这把钥匙不能报{manifest.contract}。")
    if not manifest.division.startswith(key.division):
        raise NotAllowed(f"这把钥匙只能报{key.division}以内的数据。")


@contextmanager
def _on_disk(file: UploadedFile, manifest: bytes) -> Iterator[tuple[Path, Path]]:
    """The upload under the name its manifest must give; an archive keeps its own."""
    name = file.name or ""
    if not name.lower().endswith(".zip"):
        name = manifests.file_name(name)
    with files.workplace() as folder:
        told = folder / "told.json"
        told.write_bytes(manifest)
        data = folder / ("upload.zip" if name.lower().endswith(".zip") else name)
        with sealed.create(data, lasting=False) as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        yield data, told
