"""One look through a text file before its rows are read: its encoding, and what no CSV of ours has."""

import codecs
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wenhou.base.errors import Refused
from wenhou.lake import sealed

_CHUNK = 1 << 20
_LONGEST_LINE = 4 << 20
_QUOTE, _NEWLINE = ord('"'), ord("\n")


@dataclass(frozen=True)
class Look:
    """`encoding` is 'utf-8-sig' or 'gb18030'; `lines_stand_alone`: no quoted value runs over a line end;
    `ends_whole`: the last line has its line end.
    """

    encoding: str
    lines_stand_alone: bool
    ends_whole: bool


def look_through(path: Path) -> Look:
    """Raises Refused for UTF-16, other encodings, NUL bytes, over-long lines and a last character cut in two."""
    with sealed.open_file(path) as source:
        start = source.read(4)
        source.seek(-1, io.SEEK_END)
        ends_whole = source.read(1) in b"\r\n"
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise Refused("文件是UTF-16编码，请另存为UTF-8或GB18030的CSV。")
    # What says it is UTF-8 is never tried as anything else.
    tried = ("utf-8-sig",) if start[:3] == codecs.BOM_UTF8 else ("utf-8-sig", "gb18030")
    for encoding in tried:
        if _decodes(path, encoding):
            return Look(encoding, _lines_stand_alone(path), ends_whole)
    raise Refused("文件的编码既不是UTF-8也不是GB18030，请另存为UTF-8的CSV。")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    since_newline = 0
    with sealed.open_file(path) as source:
        try:
            while chunk := source.read(_CHUNK):
                since_newline = _checked(chunk, since_newline)
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused("文件的最后一个字不完整，文件可能没有传完，请重新导出。") from None
    return True


def _checked(chunk: bytes, since_newline: int) -> int:
    if b"\0" in chunk:
        raise Refused("文件里有空字节（NUL），不是文本文件，请重新导出为CSV。")
    newline = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    since_newline = since_newline + len(chunk) if newline < 0 else len(chunk) - newline
    if since_newline > _LONGEST_LINE:
        raise Refused("文件里有一行超过4兆字节，不是我们收的CSV。")
    return since_newline


def _lines_stand_alone(path: Path) -> bool:
    """Whether every line has an even number of quotes. A lone carriage return as line end is left to the other reader."""
    odd = False
    with sealed.open_file(path) as source:
        while chunk := source.read(_CHUNK):
            if chunk.count(b"\r") != chunk.count(b"\r\n") + (chunk[-1:] == b"\r"):
                return False
            if b'"' not in chunk:
                if odd and b"\n" in chunk:
                    return False
                continue
            codes = np.frombuffer(chunk, np.uint8)
            running = np.cumsum(codes == _QUOTE) + int(odd)
            if (running[codes == _NEWLINE] % 2).any():
                return False
            odd = bool(running[-1] % 2)
    return not odd
