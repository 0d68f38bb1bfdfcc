"""Nobody opens an address but by `base.fetching`, and nothing reads an outside file that is not fuzzed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SOURCE = TESTS.parent / "src" / "wenhou"
CLIENTS = {
    "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "imaplib", "poplib",
    "telnetlib", "nntplib", "xmlrpc.client", "websockets", "paramiko", "pycurl", "socket", "ssl", "asyncio",
}  # fmt: skip
ONE_DOOR = {
    "base/fetching.py",
    "base/scanning.py",  # to a scanner on this machine: a unix socket or loopback, never elsewhere
    "site/launcher.py",  # asks the embedded database on this machine whether it answers
    "site/commands/serve.py",  # looks for a free port of this machine
    "site/working.py",  # runs the loop of its own worker
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_nobody_opens_an_address_but_by_the_one_door() -> None:
    found = {
        str(path.relative_to(SOURCE)): sorted(CLIENTS & set(imported(path))) for path in SOURCE.rglob("*.py")
    }
    assert {name for name, clients in found.items() if clients} <= ONE_DOOR


PARSING = re.compile(
    r"\bjson\.loads?\(|yaml\.(?:safe_)?load|csv\.(?:reader|DictReader)\(|ZipFile\(|TarFile|ParquetFile\(|read_schema\(|Calamine|"
    r"gzip\.|bz2\.|lzma\.|zlib\.decomp|pa_csv\.|read_csv\(|read_json\(|ElementTree|minidom|lxml|pickle\.|marshal\.|tomllib|"
    r"configparser|load_workbook|Image\.open|PdfReader|cbor|msgpack"
)
FUZZED = {
    "exchange/parcels.py": "hostile/test_fuzz.py:test_a_zip",
    "exchange/manifests.py": "exchange/test_hostile.py:test_any_manifest_is_one_or_one_sentence",
    "exchange/reading/csv_rows.py": "exchange/test_hostile.py:test_any_bytes_are_rows_or_one_sentence",
    "exchange/reading/xlsx_rows.py": "exchange/test_hostile.py:test_a_workbook_with_any_damage_is_rows_or_one_sentence",
    "exchange/reading/parquet_rows.py": "hostile/test_fuzz.py:test_a_parquet_file",
    "exchange/loading/within.py": "hostile/test_fuzz.py:test_numbers_within_texts",
    "linkage/archive.py": "hostile/test_fuzz.py:test_what_a_column_of_json_says",
    "policy/applications/strict.py": "hostile/test_fuzz.py:test_a_household_in_yaml",
    "policy/judging/judgements.py": "hostile/test_fuzz.py:test_a_frozen_judgement",
    "policy/standards.py": "hostile/test_fuzz.py:test_standards",
    "divisions/listing.py": "hostile/test_fuzz.py:test_a_list_of_places",
    "divisions/seed.py": "hostile/test_fuzz.py:test_the_towns_of_the_package",
    "base/audit/checking.py": "hostile/test_fuzz.py:test_a_record_of_who_looked",
}
OURS = {
    "base/audit/models.py": "our own audit entries",
    "base/backed_up.py": "what we noted of our backups",
    "base/secrets/fields.py": "what was decrypted with our key, authenticated",
    "desk/policy/cases.py": "the case files of the release",
    "desk/watched.py": "the case files of the release",
    "divisions/actions/places.py": "the release's own table of places",
    "divisions/arrangement.py": "the release's own table of working days",
    "engine/frozen.py": "rule sets whose digest was checked (policy.judging.replays)",
    "exchange/contracts.py": "the release's contracts",
    "exchange/loading/rejects.py": "the rejects file we wrote",
    "lake/parquet.py": "the lake's own files",
    "lake/vault.py": "numbers we copied out",
    "linkage/identities/files.py": "scratch files we wrote",
    "linkage/identities/sounds.py": "the release's own tables",
    "linkage/seen.py": "the list we kept",
    "monitoring/actions/tidying.py": "the list we kept",
    "monitoring/arrivals/bases.py": "the list we kept",
    "policy/actions/judgements.py": "rule sets we write",
    "policy/applications/places.py": "the release's own table of places",
    "policy/judging/canonical.py": "rows of a published set in the database",
    "policy/judging/replays.py": "rule sets whose digest is checked",
    "registry/bulk.py": "rows we copied out",
    "site/backups/lake.py": "what we noted of a look",
    "site/backups/repository.py": "manifests whose signature is checked, and what was decrypted with our key",
    "site/commands/demo.py": "what the demo kept of itself",
    "staff/backend.py": "rows of the database",
    "web/assets.py": "the list of built assets",
}
"""Who wrote what is read there: the product or its release, not somebody outside."""


def test_whoever_parses_a_file_from_outside_is_fuzzed_and_all_others_say_whose_it_is() -> None:
    parsing = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if PARSING.search(path.read_text()) and path.relative_to(SOURCE).parts[0] != "sandbox"
    }
    assert parsing - set(FUZZED) - set(OURS) == set(), (
        "add a property test to tests/hostile, or say whose file it is"
    )
    assert FUZZED.keys() | OURS.keys() <= parsing, "what is told here is not there any more"


def test_every_fuzz_test_that_is_named_is_there() -> None:
    for told in FUZZED.values():
        file, _, name = told.partition(":")
        assert f"def {name}(" in (TESTS / file).read_text(), told
