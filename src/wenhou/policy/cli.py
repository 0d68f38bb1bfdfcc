"""`wenhou rules …`: ask the law about one household, replay what was judged, read the rules.

A thin table: each module named here adds its own commands with `add_commands(commands)`.
"""

import argparse
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from wenhou.policy import commands as folder


def add_commands(subparsers: Any) -> None:
    """Every module of `policy/commands/` that has `add_commands`, in the order of their names."""
    room: argparse.ArgumentParser = subparsers.add_parser("rules", help="问一户、重放判定、看规则和标准")
    commands = room.add_subparsers(title="命令", metavar="命令", required=True)
    for found in sorted(iter_modules(folder.__path__), key=lambda one: one.name):
        module = import_module(f"{folder.__name__}.{found.name}")
        if hasattr(module, "add_commands"):
            module.add_commands(commands)
