"""An audit that begins with the test, and a key of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def audit(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    """An empty audit; gives the file of the key that will be made."""
    settings.WENHOU_AUDIT_KEY = tmp_path / "audit_key"
    with connection.cursor() as cursor:
        cursor.execute("truncate base_audit, base_seal, base_seal_mark restart identity")
    return tmp_path / "audit_key"
