"""What nobody honest sends: texts for every field and every place in an address."""

from urllib.parse import quote

MARK = "wh7x"
"""Stands in every text that would do something if it were let: found unescaped, it was."""
NAMES = (
    "act", "after", "all", "as_of", "aside_until", "before", "chapter", "code", "conclusion", "contract",
    "division", "file", "found", "how", "keep", "linked", "look", "merge", "met", "mode", "name", "new", "next",
    "note", "number", "old", "again", "other", "outcome", "password", "period_from", "period_to", "person",
    "place", "post", "purpose", "q", "reason", "same", "show", "shown", "since", "until", "username", "value",
    "visited_on", "visitors",
)  # fmt: skip
TEXTS: dict[str, str] = {
    "sql quote": f"' or '1'='1' -- {MARK}",
    "sql stacked": f"1; drop table monitoring_alert; -- {MARK}",
    "sql union": "') union select id_no, id_no, id_no from lake_identity --",
    "sql sleep": "1 and pg_sleep(5) is null",
    "script": f"<script>{MARK}()</script>",
    "attribute": f'" onfocus="{MARK}()" autofocus x="',
    "svg": f"<svg/onload={MARK}()>",
    "template": f"{{{{ 7|add:{MARK} }}}}{{% debug %}}{{% load static %}}",
    "jinja": "${7*7}#{7*7}{{7*7}}",
    "format": "{0.__class__.__mro__}%s%n%(secret)s",
    "header": f"x\r\nSet-Cookie: {MARK}=1\r\n\r\n<html>",
    "path": "../../../../../../etc/passwd",
    "path encoded": "..%2f..%2f..%2fetc%2fpasswd",
    "windows path": "..\\..\\windows\\win.ini",
    "scheme": f"javascript:{MARK}()",
    "other host": "//evil.example/%2f..",
    "formula": f'=cmd|"/c calc"!{MARK}',
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "json": '{"$where": "sleep(5000)", "__proto__": {"admin": true}}',
    "xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "long": "长" * 20_000,
    "digits": "9" * 4_000,
    "negative": "-9223372036854775809",
    "not a number": "NaN",
    "infinite": "1e400",
    "other digits": "٣٤٥²",
    "empty": "",
    "blank": "\u3000\u00a0\t ",
    "right to left": "\u202e\u2066gpj.exe",
    "surrogate-like": "\ufffe\uffff\U0010ffff",
    "combining": "e" + "\u0301" * 2_000,
    "control": "\x01\x08\x1b[31m\x7f",
    "slow pattern": "a" * 5_000 + "!",
    "slow number": "1" * 3_000 + "x",
    "date": "0000-00-00",
    "far date": "99999-12-31",
    "leap": "2023-02-29",
    "list": "1,2,3,,,,",
    "boolean": "true",
    "shell": f"$(touch /tmp/{MARK});`id`|id",
    "ldap": "*)(uid=*))(|(uid=*",
}
ADDRESSES = tuple(
    quote(text, safe="") for name, text in TEXTS.items() if name not in ("empty", "long", "combining")
)
