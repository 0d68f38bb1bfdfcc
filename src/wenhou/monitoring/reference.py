"""docs/reference/indicators.md, written from the declarations: `python -m wenhou.monitoring.reference`. Pure."""

from collections.abc import Iterator

from wenhou.engine import tracing
from wenhou.engine.declared import Fact, Rule, Standard, Watch
from wenhou.engine.words import DEFAULT, SAMPLE_DAY
from wenhou.monitoring import indicators
from wenhou.monitoring.indicators.watch import HEADLINES, URGENT, WALLS

__all__ = ["indicators"]

HEAD = """# Indicators

Written from the declarations by `python -m wenhou.monitoring.reference > docs/reference/indicators.md`.

The watch asks these of everybody known; a yes raises an alert, an unknown neither raises nor clears. Weights, and the
thresholds marked 自拟, are provisional until a county confirms them. Examples of each stand in
`tests/cases/indicators/`. Answer-by, in working days: `answer_workdays_urgent`
where it says 急难, `answer_workdays_red` from `severity_red` points, else `answer_workdays`: these too are standards.
"""


def page() -> str:
    """The whole page in Markdown."""
    return HEAD + "".join(_section(code, rule) for code, rule in sorted(DEFAULT.indicators.items()))


def _section(code: str, rule: Rule) -> str:
    return "\n".join(["", *_lines(code, rule), ""])


def _lines(code: str, rule: Rule) -> Iterator[str]:
    watch, version = rule.watch, rule.versions[-1]
    assert isinstance(watch, Watch)
    names = sorted(tracing.behind(DEFAULT, version.parameters, version, rule.entity, as_of=SAMPLE_DAY))
    known = [DEFAULT.declared[name] for name in names if name in DEFAULT.declared]
    yield f"## {code} {rule.label}"
    yield ""
    urgent = "，急难" if code in URGENT else ""
    urgent += f"，只给有专门事项 `{WALLS[code]}` 的岗位" if code in WALLS else ""
    whose = "人" if rule.entity == "person" else "户"
    yield f"- `{rule.name}`, 按{whose}, {watch.type}, 权重{watch.weight}{urgent}"
    yield f"- 依据：{version.law}"
    yield f"- 列表：{HEADLINES[code]}"
    yield f"- 来源：{'、'.join(watch.sources)}"
    yield f"- 事实：{_listed(one for one in known if isinstance(one, Fact))}"
    yield f"- 标准：{_listed(one for one in known if isinstance(one, Standard)) or '无'}"
    if watch.note:
        yield f"- 读法：{watch.note}"


def _listed(several: Iterator[Fact] | Iterator[Standard]) -> str:
    return "、".join(f"`{one.name}` {one.label}" for one in several)


if __name__ == "__main__":
    print(page(), end="")
