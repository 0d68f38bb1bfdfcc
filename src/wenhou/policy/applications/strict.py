"""YAML and JSON as plain mappings, strictly: no key twice, no impossible date, no number that was not written.

Money, dates and decimals reach the reader as they stand: a decimal never passes through a float.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from wenhou.policy.applications.faults import ApplicationFault, said

LIMIT = 512 * 1024
"""Bytes of one document: a household is a few kilobytes."""
_DIGITS = 40

_TAG = "tag:yaml.org,2002:"
_PATTERNS = {
    "null": (r"|~|null", "~n\0"),
    "bool": (r"true|false", "tf"),
    "int": (r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    "float": (r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    "timestamp": (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", "0123456789"),
    "merge": (r"<<", "<"),
}


class _Loader(yaml.SafeLoader):
    """YAML's safe loader with fewer guesses: 010, 1:30, yes, 1e3 stay text; no references, merges or tags."""

    yaml_implicit_resolvers: dict[str, Any] = {}
    anchors_allowed = False

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if not self.anchors_allowed and self.check_event(yaml.events.AliasEvent):
            raise _fault("用了 YAML 的引用（*）", "一户要照原样写全，引用会藏起重复", "把引用的内容写出来")
        event = self.peek_event()
        if getattr(event, "tag", None) is not None:
            line = f"第{event.start_mark.line + 1}行"
            raise _fault(f"{line}用了 YAML 的类型标记（!）", "值照写的样子读", "删去标记，文字加引号")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            line = f"第{key.start_mark.line + 1}行"
            if key.tag == f"{_TAG}merge" and not self.anchors_allowed:
                raise _fault(f"{line}用了 YAML 的合并（<<）", "合并会藏起重复", "把合并的内容写出来")
            if isinstance(key, ScalarNode) and key.value in seen and key.tag != f"{_TAG}merge":
                _refuse_twice(key.value, line)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


class _CaseLoader(_Loader):
    anchors_allowed = True


for _kind, (_pattern, _first) in _PATTERNS.items():
    _Loader.add_implicit_resolver(
        f"{_TAG}{_kind}", re.compile(f"^(?:{_pattern})$"), [*_first.replace("\0", ""), ""]
    )


def _date(loader: yaml.SafeLoader, node: ScalarNode) -> date | str:
    """The day; a text where the calendar has no such day, so that its reader says whose it is, among all other faults."""
    text = str(loader.construct_scalar(node))
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        return text


def _decimal(loader: yaml.SafeLoader, node: ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


def _whole(loader: yaml.SafeLoader, node: ScalarNode) -> int | Decimal:
    """The number; a decimal where it has more digits than anything of a household, so that its reader says whose it is."""
    return _integer(str(loader.construct_scalar(node)))


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= _DIGITS else Decimal(text)


_Loader.add_constructor(f"{_TAG}timestamp", _date)
_Loader.add_constructor(f"{_TAG}float", _decimal)
_Loader.add_constructor(f"{_TAG}int", _whole)


def from_yaml(text: str, *, anchors: bool = False) -> Any:
    """What one YAML document says. Raises ApplicationFault. anchors: references are allowed (case files)."""
    _check_size(text)
    try:
        return yaml.load(text, Loader=_CaseLoader if anchors else _Loader)
    except yaml.MarkedYAMLError as error:
        line = f"第{error.problem_mark.line + 1}行" if error.problem_mark else "文件"
        raise _fault(
            f"{line}不是YAML", "缩进、引号或括号没有对上", "请照 docs/reference/household.md 的样子改"
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise _fault("文件读不成YAML", "里面有不能用的字符或嵌套太深", "请存成UTF-8的文本再试") from None


def from_json(body: bytes) -> Any:
    """What one JSON document says; a key twice, NaN and bytes that are not UTF-8 are refused."""
    _check_size(body)
    try:
        text = body.decode("utf-8-sig")
        return json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_float=Decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError):
        raise _fault(
            "请求的正文不是JSON", "读不出一户的内容", "请把户的文件原样写成JSON，编码用UTF-8"
        ) from None


def from_file(path: Path, *, anchors: bool = False) -> Any:
    """What a YAML or, by its ending, a JSON file says. OSError as it comes."""
    if path.is_dir():
        raise _fault(f"{path.name}是文件夹", "要读的是一个文件", "请写文件夹里那一户的文件名")
    with path.open("rb") as file:
        body = file.read(LIMIT + 1)
    _check_size(body)
    if path.suffix == ".json":
        return from_json(body)
    try:
        return from_yaml(body.decode("utf-8-sig"), anchors=anchors)
    except UnicodeDecodeError:
        raise _fault(f"{path.name}不是UTF-8编码", "汉字会读错", "请用UTF-8另存") from None


def _check_size(content: str | bytes) -> None:
    if len(content) > LIMIT:
        raise _fault("文件太大", f"一户的文件不过几千字，上限{LIMIT // 1024}KB", "请只写这一户")


def _pairs(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            _refuse_twice(key, "正文里")
        made[key] = value
    return made


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _refuse_twice(key: str, where: str) -> None:
    raise _fault(
        f"{where}“{said(key)}”写了两次", "两次说法哪个算数无从知道", "请只留一处，两个人请用不同的名字"
    )


def _fault(what: str, why: str, mend: str) -> ApplicationFault:
    return ApplicationFault((f"{what}：{why}；{mend}。",))
