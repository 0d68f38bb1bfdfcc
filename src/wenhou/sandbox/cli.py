"""`wenhou sandbox build DIR`: make a place whose truth is known."""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base.errors import Refused
from wenhou.sandbox.places import read_towns


def add_commands(subparsers: Any) -> None:
    """Offer the room's commands."""
    room = subparsers.add_parser("sandbox", help="造一个真相已知的虚拟地方").add_subparsers(
        title="命令", metavar="命令", required=True
    )
    build = room.add_parser("build", help="写出各部门来件和真相")
    build.add_argument("directory", type=Path, help="写到哪个空文件夹")
    build.add_argument("--division", required=True, help="六位县区代码，如640104")
    build.add_argument(
        "--residents", type=int, required=True, help="常住人口数，至少1000；不足2000时样例相应减少"
    )
    build.add_argument("--seed", type=int, default=1, help="种子；同种子同字节")
    build.add_argument("--as-of", type=date.fromisoformat, required=True, help="扫描日，如2026-10-31")
    build.add_argument("--towns", type=Path, help="乡镇表CSV：九位代码,名称")
    build.add_argument("--clean", action="store_true", help="不埋差错（默认）")
    build.add_argument(
        "--errors", type=float, default=0.0, help="各部门来件中身份证号有误的人所占比例，如0.02"
    )
    build.add_argument(
        "--late",
        type=_late,
        default=0.0,
        help="迟到的部门来件所占比例，如0.05，或是哪些，如DI03,DI10；新件另放在late下",
    )
    build.set_defaults(handler=_build)
    visit = room.add_parser("visit", help="按真相写出：为每条未办结预警走访一次会发现什么")
    visit.add_argument("directory", type=Path, help="造好的虚拟地方")
    visit.add_argument("--out", type=Path, required=True, help="写到哪个Parquet文件")
    visit.set_defaults(handler=_visit)


def _late(text: str) -> float | tuple[str, ...]:
    """A share, or the contracts themselves."""
    from wenhou.sandbox.faults import SPOILABLE

    if not text.startswith("DI"):
        return float(text)
    named = tuple(text.split(","))
    if unknown := sorted(set(named) - set(SPOILABLE)):
        raise Refused(f"“{'、'.join(unknown)}”的来件造不出迟到，可选：{'、'.join(SPOILABLE)}。")
    return named


def _build(arguments: argparse.Namespace) -> dict[str, Any]:
    from wenhou.sandbox.build import build

    if arguments.clean and (arguments.errors or arguments.late):
        raise Refused("--clean 与 --errors、--late 不能同时给出。")
    for name in ("errors", "late"):
        share = getattr(arguments, name)
        if isinstance(share, float) and not 0 <= share <= 0.2:
            raise Refused(f"--{name} 应在0到0.2之间。")
    summary = build(
        arguments.directory,
        division=arguments.division,
        residents=arguments.residents,
        seed=arguments.seed,
        as_of=arguments.as_of,
        towns=read_towns(arguments.towns) if arguments.towns else None,
        errors=arguments.errors,
        late=arguments.late,
    )
    return summary.as_dict()


def _visit(arguments: argparse.Namespace) -> dict[str, Any]:
    import django

    from wenhou.sandbox import visits

    # The other commands of the room need no installation.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
    django.setup()
    found = visits.find(arguments.directory, visits.raised_here())
    visits.write(arguments.out, found)
    families = {row["family"]: row["newly_found"] for row in found.to_pylist()}
    return {"alerts": found.num_rows, "families": len(families), "newly_found": sum(families.values())}
