"""What can be set, run or declared is written down."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented() -> None:
    read = set()
    for path in (ROOT / "src" / "wenhou").rglob("*.py"):
        read |= set(re.findall(r"environ(?:\.get\(|\[)\"((?:WENHOU|DATABASE)_[A-Z_]+)\"", path.read_text()))
    documented = set(
        re.findall(r"`((?:WENHOU|DATABASE)_[A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text())
    )
    assert read == documented


def test_both_readmes_name_the_two_commands_and_the_floors() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text()
        assert "make demo" in text
        assert "make test" in text
        for room in (p.name for p in (ROOT / "src" / "wenhou").iterdir() if (p / "__init__.py").exists()):
            assert re.search(rf"\b{room}\b", text), f"{name} has no {room}"


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} → {target}")
    assert broken == []


def test_every_model_and_every_kind_has_its_word_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    bases = r"models\.Model|Said|AbstractBaseUser|TextChoices|IntegerChoices"
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "src" / "wenhou").rglob("*.py")
        for name in re.findall(rf"^class (\w+)\((?:{bases})\)", path.read_text(), flags=re.MULTILINE)
        if f"`{name}`" not in glossary and name != "Said"
    ]
    assert missing == []
