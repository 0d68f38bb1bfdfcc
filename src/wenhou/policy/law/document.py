"""What a document of the law is, and one of its articles."""

import re
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Mark = Literal["源", "常识", "推断", "自拟"]


@dataclass(frozen=True)
class Article:
    """One place in a document: its number, what it says in a few words, how it is known."""

    document: "Document"
    number: str
    gist: str
    mark: Mark

    @property
    def place(self) -> str:
        """'第24条(一)', or '一(三)' in documents that are not divided into articles."""
        return re.sub(r"^[\d-]+", lambda found: f"第{found[0]}条", self.number)

    def __str__(self) -> str:
        return f"{self.document.citation}{self.place}：{self.gist}【{self.mark}】"


class Articles(tuple[Article, ...]):
    """Several articles that something rests on together; as text, one after the other."""

    __slots__ = ()

    def __str__(self) -> str:
        return "；".join(map(str, self))


@dataclass(frozen=True)
class Document:
    """A document of the law. `LAW["民发〔2021〕57号"]["31"]` is its article 31; one nobody entered fails."""

    number: str
    title: str
    issuer: str
    mark: Mark
    issued: date | None = None
    in_force: date | None = None
    note: str = ""
    entries: tuple[tuple[str, str] | tuple[str, str, Mark], ...] = field(default=(), repr=False)

    @property
    def citation(self) -> str:
        """'《最低生活保障审核确认办法》（民发〔2021〕57号）'; without the number where there is none."""
        return f"《{self.title}》（{self.number}）" if self.number != self.title else f"《{self.title}》"

    @property
    def articles(self) -> MappingProxyType[str, Article]:
        """Number → article."""
        made = {e[0]: Article(self, e[0], e[1], e[2] if len(e) == 3 else self.mark) for e in self.entries}
        return MappingProxyType(made)

    def __getitem__(self, number: str) -> Article:
        return self.articles[number]
