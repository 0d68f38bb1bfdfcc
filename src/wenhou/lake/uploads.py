"""What is uploaded and too long for memory is sealed on its way, and lies under no name as soon as it is whole."""

from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from wenhou.lake import sealed


class SealedUploads(FileUploadHandler):
    """In the place of Django's temporary files, which are in clear. The key goes with the process."""

    path: Path
    target: BinaryIO | None = None

    def new_file(self, *told: Any, **named: Any) -> None:
        super().new_file(*told, **named)
        folder = Path(settings.WENHOU_UPLOADS)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / uuid4().hex
        self.target = sealed.create(self.path, lasting=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.target is not None
        self.target.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        assert self.target is not None
        self.target.close()
        source = sealed.open_file(self.path)
        self.path.unlink()
        kind, charset, extra = self.content_type, self.charset, self.content_type_extra
        return UploadedFile(source, self.file_name, kind, file_size, charset, extra)  # type: ignore[arg-type]

    def upload_interrupted(self) -> None:
        if self.target is not None:
            self.target.close()
            self.path.unlink(missing_ok=True)
