"""Whatever comes from outside is looked through by a scanner before anybody reads it, where the deployment has one.

`WENHOU_SCANNER` is `clamd:/run/clamav/clamd.ctl` or `clamd:127.0.0.1:3310` (ClamAV's INSTREAM, on this machine only: what is
sent is in clear), or a command that reads the file from its standard input and ends with 0 (clean) or 1 (harmful), as
`clamdscan -` does. The scanner gets the bytes and nothing else: no name, no sender.
"""

import ipaddress
import shlex
import socket
import subprocess
import threading
from collections.abc import Iterator
from typing import BinaryIO

from django.conf import settings

from wenhou.base.errors import Refused, WenhouError

_CHUNK = 1 << 20
_LONGEST_REPLY = 4096
_CLAMD = "clamd:"
HELD = "先留着，没有装入；查毒程序恢复后再装。"
NO_ANSWER, NO_VERDICT = f"查毒程序没有应答，{HELD}", f"查毒程序没有给出结论，{HELD}"


class Harmful(Refused):
    """The scanner found something; what was sent is not kept."""


class Silent(WenhouError):
    """The scanner does not answer: whatever waits for it is held."""


def is_wanted() -> bool:
    """Whether this deployment has a scanner."""
    return bool(settings.WENHOU_SCANNER)


def scan(stream: BinaryIO) -> None:
    """Look through a stream to its end. Raises Harmful, or Silent where no verdict came. Without a scanner: nothing."""
    if not is_wanted():
        return
    told = settings.WENHOU_SCANNER
    found = _by_clamd(told, stream) if told.startswith(_CLAMD) else _by_command(told, stream)
    if found:
        raise Harmful("查毒发现有害内容，没有收下，也没有留存；请查杀报送用的电脑后重新导出。")


def is_well() -> bool:
    """Whether the scanner answers: clamd to PING, a command to an empty file."""
    try:
        if settings.WENHOU_SCANNER.startswith(_CLAMD):
            return _ask(settings.WENHOU_SCANNER, iter([b"zPING\0"])) == "PONG"
        return not _by_command(settings.WENHOU_SCANNER, None)
    except Silent:
        return False


def _by_clamd(told: str, stream: BinaryIO) -> bool:
    reply = _ask(told, _instream(stream))
    if reply.endswith(" FOUND"):
        return True
    if reply != "stream: OK":
        raise Silent(NO_VERDICT)
    return False


def _instream(stream: BinaryIO) -> Iterator[bytes]:
    """The command, then each chunk after its length in four bytes, then nothing."""
    yield b"zINSTREAM\0"
    while chunk := stream.read(_CHUNK):
        yield len(chunk).to_bytes(4, "big") + chunk
    yield bytes(4)


def _ask(told: str, said: Iterator[bytes]) -> str:
    try:
        with _connected(told.removeprefix(_CLAMD)) as line:
            for piece in said:
                line.sendall(piece)
            reply = b""
            while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY and (more := line.recv(1024)):
                reply += more
    except (OSError, ValueError) as error:
        raise Silent(NO_ANSWER) from error
    return reply.rstrip(b"\0\n").decode("utf-8", errors="replace")


def _connected(where: str) -> socket.socket:
    """To a socket of this machine; another machine's address is an error, as the files would travel there in clear."""
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(settings.WENHOU_SCAN_SECONDS)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = where.rpartition(":")
    if not ipaddress.ip_address(host.strip("[]")).is_loopback:
        raise ValueError(where)
    return socket.create_connection((host.strip("[]"), int(port)), timeout=settings.WENHOU_SCAN_SECONDS)


def _by_command(told: str, stream: BinaryIO | None) -> bool:
    try:
        with subprocess.Popen(
            shlex.split(told), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as scanner:
            watch = threading.Timer(settings.WENHOU_SCAN_SECONDS, scanner.kill)
            watch.start()
            try:
                code = _fed(scanner, stream)
            finally:
                watch.cancel()
                scanner.kill()
    except (OSError, ValueError) as error:
        raise Silent(NO_ANSWER) from error
    if code not in (0, 1):
        raise Silent(NO_VERDICT)
    return code == 1


def _fed(scanner: "subprocess.Popen[bytes]", stream: BinaryIO | None) -> int:
    """The scanner's exit code, below 0 where its time was over. It may have seen enough before the end."""
    assert scanner.stdin is not None
    try:
        while stream and (chunk := stream.read(_CHUNK)):
            scanner.stdin.write(chunk)
        scanner.stdin.close()
    except BrokenPipeError:
        pass
    return scanner.wait()
