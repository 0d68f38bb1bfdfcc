"""What is no HTTP as it ought to be: smuggled requests, headers without end, lines that never come."""

from collections.abc import Iterator

from hostile.attack import SHUT, Attack

DOOR = "web server"
GET = "GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
POST = "POST /api/v1/determinations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
SMUGGLED = "GET /alerts/YJ0/ HTTP/1.1\r\nHost: localhost\r\nX: "
RAW = {
    "length and chunks": POST + f"Content-Length: {len(SMUGGLED)}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "chunks twice": POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "chunks of another name": POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks with a tab": POST + "Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n\r\nzz\r\n",
    "two lengths": POST + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
    "two lengths in one": POST + "Content-Length: 2, 40\r\n\r\n{}",
    "a negative length": POST + "Content-Length: -1\r\n\r\n{}",
    "a length with plus": POST + "Content-Length: +2\r\n\r\n{}",
    "a length in hex": POST + "Content-Length: 0x2\r\n\r\n{}",
    "a huge length": POST + "Content-Length: " + "9" * 40 + "\r\n\r\n{}",
    "a chunk of a huge size": POST + "Transfer-Encoding: chunked\r\n\r\n" + "f" * 20 + "\r\n",
    "a chunk of no size": POST + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "a folded header": GET + "X: a\r\n b\r\n\r\n",
    "a blank before the colon": GET + "X : a\r\n\r\n",
    "a NUL in a header": GET + "X: a\0b\r\n\r\n",
    "a NUL in the path": "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header without colon": GET + "nonsense\r\n\r\n",
    "a header of no name": GET + ": a\r\n\r\n",
    "a line feed alone in a value": GET + "X: a\rb\r\n\r\n",
    "a header of 1 MB": GET + "X: " + "a" * (1 << 20) + "\r\n\r\n",
    "10,000 headers": GET + "X: a\r\n" * 10_000 + "\r\n",
    "a path of 1 MB": "GET /" + "a" * (1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a method of 1 MB": "G" * (1 << 20) + " / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no version": "GET /sign-in/\r\n\r\n",
    "HTTP/9.9": "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "HTTP of letters": "GET / HTTQ/1.1\r\nHost: localhost\r\n\r\n",
    "two blanks": "GET  /sign-in/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no path": "GET HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "SSH": "SSH-2.0-OpenSSH_9\r\n",
    "a mail": "EHLO evil.example\r\n",
    "garbage": "".join(map(chr, range(1, 255))) * 4,
    "blank lines": "\r\n" * 5000 + "x",
    "a proxy's": "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n",
    "another scheme": "GET file:///etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "another host": "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a host twice": "GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "no host": "GET /sign-in/ HTTP/1.1\r\n\r\n",
    "a tunnel": "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "up and up": "GET /../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "up, encoded": "GET /static/%2e%2e/%2e%2e/secret_key HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "up, encoded twice": "GET /static/%252e%252e/secret_key HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a static file of elsewhere": "GET /static//etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a NUL in a static name": "GET /static/%00.css HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header in the path": "GET /sign-in/%0d%0aSet-Cookie:wh7x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an upgrade": GET + "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: a\r\n\r\n",
}  # fmt: skip

ORDINARY: frozenset[str] = frozenset()
"""What the server mends by itself as the standard permits, and then answers as any other."""


def attacks() -> Iterator[Attack]:
    for name, text in RAW.items():
        yield Attack(
            "web server: no HTTP of ours", name, DOOR, lambda text=text: text.encode("latin-1"), SHUT
        )
