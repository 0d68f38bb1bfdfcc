"""Playing a story through the product's public doors: files of departments by upload or by the machines' door, and
pages of the desk in a browser. What a story asserts it reads off pages; nothing here looks into the database but to set
up places, posts and keys, which whoever runs the place does before a story begins."""

import csv
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from wenhou.api.actions import keys
from wenhou.base import clock
from wenhou.base.identity import check_digit
from wenhou.divisions import queries as divisions
from wenhou.divisions.models import Division
from wenhou.exchange import contracts
from wenhou.staff.actions import accounts
from wenhou.staff.enums import Matter, Role

PASSWORD = "Zhu-he-2024"
SECONDS = 420
TIMEOUT = 60_000  # milliseconds a page may take where other suites share the machine
BANKS = ("DI47", "DI48")  # asked only within an authorisation
Row = Mapping[str, str]
Rows = Mapping[str, Sequence[Row]]
DEFAULTS = {"money": "0.00", "int": "0", "num": "0", "bool": "false", "json": "{}", "text": "示例"}


def number(born: str, order: int, *, female: bool) -> str:
    """An identity number of nobody: its first six digits were never assigned."""
    first17 = f"990101{born.replace('-', '')}{order * 2 + (0 if female else 1):03d}"
    return first17 + check_digit(first17)


@dataclass
class Stage:
    """One story's day, place and readers."""

    browser: Browser
    url: str
    folder: Path
    today: date

    def places(self, named: Mapping[str, str]) -> None:
        """Divisions by 12-digit code."""
        for code, name in named.items():
            level = 1 + sum(bool(code[a:b].strip("0")) for a, b in ((2, 4), (4, 6), (6, 9), (9, 12)))
            above = [code[:length].ljust(12, "0") for length in (9, 6, 4, 2)]
            parent = next((one for one in above if one != code and one in named), "")
            Division.objects.get_or_create(
                code=code,
                defaults={
                    "level": level,
                    "name": name,
                    "parent_code": parent,
                    "valid_from": date(2005, 1, 1),
                },
            )
        divisions.forget_names()

    def post(self, username: str, full_name: str, role: Role, division: str, *matters: Matter) -> None:
        """Somebody at work there, with the matters their post has."""
        accounts.open_account(
            username=username,
            full_name=full_name,
            password=PASSWORD,
            role=role,
            division=division,
            since=date(2022, 1, 1),
            matters=matters,
        )

    def key(self, name: str, contract: str, division: str) -> str:
        """A department's key to the machines' door."""
        return keys.issue(name=name, contracts=(contract,), division=division, by="故事", on=clock.now())[1]

    # --- files --------------------------------------------------------------------------------

    def file(self, contract: str, rows: Sequence[Row]) -> str:
        """A CSV with every header of the contract; required fields left out hold something that means nothing."""
        promised = contracts.contract(contract)
        made = io.StringIO()
        writer = csv.DictWriter(made, [one.name for one in promised.fields], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            assert set(row) <= {one.name for one in promised.fields}, (contract, row)
            writer.writerow({one.name: row.get(one.name, self._filled(one)) for one in promised.fields})
        return made.getvalue()

    def _filled(self, of: contracts.Field) -> str:
        return DEFAULTS.get(of.kind, "") if of.required else ""

    def manifest(self, contract: str, division: str, nth: str = "1", *, mode: str = "full") -> dict[str, Any]:
        return {
            "contract": contract,
            "number": nth,
            "division": division,
            "period": {"from": f"{self.today.year - 2}-01-01", "to": self.today.isoformat()},
            "mode": mode,
            "file": f"{contract}-{nth}.csv",
        }

    def archive(self, division: str, rows: Rows, *, but: Sequence[str] = ()) -> Path:
        """All departments' files of a place in one ZIP: of most, that there is nobody."""
        path = self.folder / f"{division}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for one in contracts.all_contracts():
                if one.code in BANKS or one.code in but:
                    continue
                told = self.manifest(one.code, division)
                made.writestr(told["file"].replace(".csv", ".manifest.json"), json.dumps(told))
                made.writestr(told["file"], self.file(one.code, rows.get(one.code, ())))
        return path

    def push(self, secret: str, contract: str, division: str, rows: Sequence[Row], nth: str) -> int:
        """A department's own push through the machines' door; gives the delivery's number."""
        told = self.manifest(contract, division, nth)
        body = self.file(contract, rows).encode()
        with self.reader() as page:
            answer = page.context.request.post(
                "/api/v1/deliveries",
                headers={"authorization": f"Bearer {secret}"},
                multipart={
                    "file": {"name": told["file"], "mimeType": "text/csv", "buffer": body},
                    "manifest": json.dumps(told),
                },
            )
            assert answer.status == 202, answer.text()
            key: int = answer.json()["id"]

            def is_loaded() -> bool:
                state = page.context.request.get(
                    f"/api/v1/deliveries/{key}", headers={"authorization": f"Bearer {secret}"}
                ).json()
                assert state["rows_rejected"] == 0, state
                return bool(state["state"] == "loaded")

            until(is_loaded)
        return key

    def upload(self, username: str, archive: Path) -> None:
        """By hand, at the desk; gone when every file is loaded and looked at."""
        with self.signed_in(username, "/deliveries/upload/") as page:
            page.get_by_label("文件", exact=True).set_input_files(str(archive))
            page.get_by_role("button", name="上传").click()
            expect(page.get_by_role("heading", name="来件", exact=True)).to_be_visible()
        self.wait_for_a_run(username)

    def wait_for_a_run(self, username: str, runs: int = 1) -> None:
        """Until so many runs are done, as the page of runs tells."""
        with self.signed_in(username, "/runs/") as page:
            until(lambda: _reloaded(page).locator("main td .state.done").count() >= runs)

    # --- readers ------------------------------------------------------------------------------

    @contextmanager
    def reader(self, width: int = 1440) -> Iterator[Page]:
        """A browser of its own, signed in as nobody."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": 900}, locale="zh-CN"
        )
        context.set_default_timeout(TIMEOUT)
        try:
            yield context.new_page()
        finally:
            context.close()

    @contextmanager
    def signed_in(self, username: str, goal: str = "/", width: int = 1440) -> Iterator[Page]:
        """Somebody's browser at a page."""
        with self.reader(width) as page:
            page.goto(goal)
            page.get_by_label("账号").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            yield page


def _reloaded(page: Page) -> Page:
    page.reload()
    return page


def row_of(page: Page, *said: str) -> Any:
    """The line of a list that says all this."""
    found = page.locator("tr[data-row]")
    for one in said:
        found = found.filter(has_text=one)
    return found


def until(what: Callable[[], bool]) -> None:
    """Ask again and again, for as long as a loaded machine may take."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if what():
            return
        time.sleep(1)
    raise AssertionError("nothing came in time")


def history(page: Page) -> list[str]:
    """What an alert's page says was done, oldest first."""
    lines = page.locator("ol.line li:not(.next)").all_inner_texts()
    return [" ".join(line.split()) for line in reversed(lines)]
