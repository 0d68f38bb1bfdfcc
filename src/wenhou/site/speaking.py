"""What a command says when it was misspoken or went wrong: one Chinese sentence each."""

import argparse
import errno
import os
import re
import traceback
from pathlib import Path
from typing import NoReturn

from wenhou.base.errors import WenhouError
from wenhou.site.database import UNREACHABLE

# argparse has no Chinese; each of its sentences in ours
SENTENCES = (
    (r"the following arguments are required: (.+)", "少了参数：{0}。"),
    (r"unrecognized arguments: (.+)", "不认识的参数：{0}。"),
    (r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)", "没有“{1}”，{0}只能是：{2}。"),
    (r"argument (.+): invalid \S+ value: '(.*)'", "“{1}”不能作为{0}的值。"),
    (r"argument (.+): expected .+", "{0}后面少了值。"),
    (r"argument (.+): not allowed with argument (.+)", "{0}与{1}不能同时用。"),
    (r"argument (.+): ignored explicit argument '?(.*?)'?", "{0}不带值，却给了“{1}”。"),
    (r"ambiguous option: (.+) could match (.+)", "“{0}”说不清是哪一个：{1}。"),
    (r"argument [^:]+: (.+)", "{0}。"),
)

REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "没有权限",
    errno.ENOENT: "没有这个文件夹或文件",
    errno.ENOTDIR: "上层不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ELOOP: "链接绕了一圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.EEXIST: "已有同名文件",
    errno.ENOSPC: "磁盘已满",
}


class Misspoken(WenhouError):
    """The words are not a command."""


class Parser(argparse.ArgumentParser):
    """Errors are one Chinese sentence, raised as Misspoken; help is argparse's own."""

    def error(self, message: str) -> NoReturn:
        """Say it in Chinese, with where help stands."""
        raise Misspoken(f"{_chinese(message)}用法见 {self.prog} --help")


def _chinese(message: str) -> str:
    for pattern, sentence in SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            said = sentence.format(*(part.replace("'", "").replace(", ", "、") for part in found.groups()))
            return said.replace("。。", "。")
    return "命令没有写对。"


def sentence(error: Exception) -> tuple[str, int]:
    """What the reader is told of an error, and the exit code: 2 for what they can mend, else 1."""
    if isinstance(error, WenhouError):
        return error.message, error.code
    if _is_lost_connection(error):
        return UNREACHABLE, 2
    if isinstance(error, OSError) and error.filename:
        return (
            f"{error.filename} 不能用：{REASONS.get(error.errno or 0, error.strerror)}，请检查路径和WENHOU_HOME。",
            2,
        )
    kept = _keep(error)
    return f"出错了，命令没有完成{f'；详情记在{kept}' if kept else ''}。", 1


def _is_lost_connection(error: Exception) -> bool:
    from django.db import OperationalError  # only where something went wrong: the import takes its time

    return isinstance(error, OperationalError)


def _keep(error: Exception) -> Path | None:
    """The traceback goes to a file of whoever keeps the home; None where that cannot be written."""
    from wenhou.site.commands.database import home

    path = home() / "errors.log"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as log:
            log.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return None
    return path
