"""The pages of controls and threats name tests that are there, and no control of the standard is left out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from wenhou.staff.models import Account

ROOT = Path(__file__).resolve().parents[2]
CONTROLS, THREATS = ROOT / "docs/reference/controls.md", ROOT / "docs/discussions/threats.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
STATES = {"done", "part", "deployment", "open"}
HOW_MANY = {
    "8.1.4.1 身份鉴别": 4, "8.1.4.2 访问控制": 7, "8.1.4.3 安全审计": 4, "8.1.4.4 入侵防范": 6, "8.1.4.5 恶意代码防范": 1,
    "8.1.4.6 可信验证": 1, "8.1.4.7 数据完整性": 2, "8.1.4.8 数据保密性": 2, "8.1.4.9 数据备份恢复": 3,
    "8.1.4.10 剩余信息保护": 2, "8.1.4.11 个人信息保护": 2, "8.1.5 安全管理中心": 12,
}  # fmt: skip
"""Of the third level, by the lettered items of each control point."""


def rows(page: Path) -> list[list[str]]:
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] not in ("Control", "Who")]


@pytest.mark.parametrize("page", [CONTROLS, THREATS], ids=lambda page: page.stem)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    named = NAMED.findall(page.read_text(encoding="utf-8"))
    assert len(named) > 20
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_control_of_the_standard_has_its_line() -> None:
    parts = re.split(r"^## ", CONTROLS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {
        part.splitlines()[0]: sum(line.startswith("| ") for line in part.splitlines()) - 1 for part in parts
    }
    assert found == HOW_MANY


def test_what_is_done_or_half_done_has_a_test_and_every_line_says_how_far_it_goes() -> None:
    for row in rows(CONTROLS):
        *_, tests, state = row
        assert state in STATES, row[0]
        assert NAMED.search(tests) or state in ("deployment", "open"), row[0]


def test_every_threat_is_stopped_by_something_that_is_tested() -> None:
    assert [row[:2] for row in rows(THREATS) if not NAMED.search(row[-1])] == []


def test_a_new_deployment_has_no_account(db: None) -> None:
    assert not Account.objects.exists()


SAID = """
import django; django.setup()
from django.conf import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER)
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [("yes", "True True 31536000 ('HTTP_X_FORWARDED_PROTO', 'https')"), ("no", "False False 0 None")],
)
def test_behind_https_cookies_travel_by_nothing_else(said: str, told: str, tmp_path: Path) -> None:
    own = {
        "WENHOU_HTTPS": said,
        "WENHOU_HOME": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "wenhou.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SAID], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == told
