"""The one door by which the product opens an address of the network, so that nobody can make it knock on its own house.

An address is resolved once, and what was resolved is what is connected to. Private, loopback and link-local addresses are
refused unless the deployment names them (`WENHOU_MAY_FETCH`); a redirect is never followed; size and time have an end. A
house test sees to it that nothing else in the product imports a client.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from wenhou.base.errors import Refused

PORTS = {"http": 80, "https": 443}
_CHUNK = 1 << 16
_NAT64, _OWN_NAT64 = ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Answer:
    """What came back. status: 200 to 299 and 400 to 599, as it was sent; headers: lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    also: tuple[str, ...] = (),
    most: int | None = None,
    seconds: float | None = None,
) -> Answer:
    """Ask one address, once. `also`: names and networks this caller may reach beside those of WENHOU_MAY_FETCH.

    most: bytes of the answer (default WENHOU_FETCH_BYTES); seconds: from the connection to the last byte (default
    WENHOU_FETCH_SECONDS). Raises Refused with one sentence, that names the host and nothing else of the address.
    """
    parts = _parsed(url)
    address = _resolved(parts, frozenset(settings.WENHOU_MAY_FETCH) | frozenset(also))
    most = settings.WENHOU_FETCH_BYTES if most is None else most
    with _connected(parts, address, settings.WENHOU_FETCH_SECONDS if seconds is None else seconds) as line:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request(method, target, body=body, headers=dict(headers or {}))
        with line.getresponse() as answer:
            return _read(answer, parts, most)


def may_be_reached(address: IPAddress, host: str, named: frozenset[str]) -> bool:
    """Whether an address is one of the wide world, or its host or network is named."""
    if host in named or any(address in network for network in _networks(named)):
        return True
    if address in _OWN_NAT64:
        return False
    return all(one.is_global and not one.is_multicast for one in (address, *_within(address)))


def _within(address: IPAddress) -> Iterator[ipaddress.IPv4Address]:
    """The older addresses that a newer one stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    yield from (one for one in (address.ipv4_mapped, address.sixtofour) if one)
    yield from address.teredo or ()
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _networks(named: frozenset[str]) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for one in named:
        with suppress(ValueError):
            yield ipaddress.ip_network(one)


def _parsed(url: str) -> SplitResult:
    """Raises Refused for whatever is not a plain http or https address."""
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise Refused("网址写得不对，没有去取。") from None
    if not plain or parts.scheme not in PORTS or not host or port == 0:
        raise Refused("只取http或https的网址，没有去取。")
    if parts.username is not None or parts.password is not None:
        raise Refused("网址里不能带账号和密码，没有去取。")
    return parts


def _resolved(parts: SplitResult, named: frozenset[str]) -> str:
    """The address to connect to. Where a name has several, all must be permitted: one that is not shows what is meant."""
    host = str(parts.hostname)
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"找不到{_shown(host)}这台主机，没有取到。") from None
    told = [str(one[4][0]).partition("%")[0] for one in found]
    if not told or not all(may_be_reached(ipaddress.ip_address(one), host, named) for one in told):
        raise Refused(f"{_shown(host)}是内部地址，没有去取；确实要取的，请运维把它写进WENHOU_MAY_FETCH。")
    return told[0]


@contextmanager
def _connected(parts: SplitResult, address: str, seconds: float) -> Iterator[HTTPConnection]:
    """A connection to this very address under the host's name, cut off when its time is over."""
    host, until = str(parts.hostname), time.monotonic() + seconds
    line = HTTPConnection(host, _port(parts), timeout=seconds)
    watch: threading.Timer | None = None
    try:
        line.sock = socket.create_connection((address, _port(parts)), timeout=seconds)
        watch = threading.Timer(max(0.0, until - time.monotonic()), _cut, [line.sock])
        watch.daemon = True
        watch.start()
        if parts.scheme == "https":
            line.sock = ssl.create_default_context().wrap_socket(line.sock, server_hostname=host)
        yield line
        if time.monotonic() >= until:  # cut off where an end looks like one
            raise TimeoutError
    except Refused:
        raise
    except (OSError, HTTPException, ValueError):
        late = time.monotonic() >= until - 0.05
        why = f"在{seconds:g}秒内没有答完" if late else "没有连上或答得不对"
        raise Refused(f"{_shown(host)}{why}，没有取到。") from None
    finally:
        if watch:
            watch.cancel()
        line.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _read(answer: HTTPResponse, parts: SplitResult, most: int) -> Answer:
    host = _shown(str(parts.hostname))
    if 300 <= answer.status < 400:
        raise Refused(f"{host}要转到别处，没有跟去。")
    body = bytearray()
    while chunk := answer.read1(_CHUNK):
        body += chunk
        if len(body) > most:
            raise Refused(f"{host}答得太长，超过{most // 1024}KB，没有收。")
    said = answer.headers.get("Content-Length", "")
    if said.isdigit() and len(body) < int(said):
        raise HTTPException("cut off")
    return Answer(answer.status, {name.lower(): told for name, told in answer.headers.items()}, bytes(body))


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _shown(host: str) -> str:
    return host[:60]
