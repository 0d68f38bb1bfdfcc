"""Other people in a formula: members of the household, those whose parent one is, those a link points to."""

from collections.abc import Callable
from typing import NoReturn, Protocol

from wenhou.engine.expr import OWN, Expr, build, need
from wenhou.engine.faults import DeclarationFault
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Ref, Together

Find = Callable[[str], Ref]
"""From a declared name to its reference; raises DeclarationFault with the nearest name."""


class Other(Protocol):
    """What `Group.are` needs of a link."""

    link: str


class Group:
    """Several people: `members.age`, `members.where(members.age >= 18).income.sum()`, `children.count()`.

    Attribute access gives the named value of each; the names `where`, `count`, `are`, `same_household` are taken.
    """

    def __init__(self, name: str, find: Find, *, where: Node | None = None) -> None:
        self._name, self._find, self._where = name, find, where

    def __getattr__(self, name: str) -> Expr:
        if name.startswith("_"):
            raise AttributeError(name)
        ref = self._find(name)
        if self._name in ("members", "housemates") and ref.entity == "household":
            raise DeclarationFault(f"“{name}”是户的，直接把它写进参数即可，不必 {self._name}.{name}。")
        return Expr(ref, self._name, self._where)

    def __iter__(self) -> NoReturn:
        raise DeclarationFault(f"{self._name} 不能逐个取用，请用 {self._name}.…sum()、any() 等。")

    def __bool__(self) -> NoReturn:
        raise DeclarationFault(f"{self._name} 不能当作是非，请用 {self._name}.count() > 0。")

    def where(self, cond: Expr) -> "Group":
        """Only those for whom the condition holds; it may speak of them and of oneself."""
        need(cond.unit, "bool", "where")
        if cond.scope not in (self._name, OWN, None):
            raise DeclarationFault(f"where 的条件说的不是 {self._name}。")
        node = Mine(cond.node, "bool") if cond.scope == OWN else cond.node
        if self._where is not None:
            held = Expr(self._where, self._name)
            node = build("and", (held, Expr(node, self._name)), "bool").node
        return Group(self._name, self._find, where=node)

    def count(self) -> Expr:
        """How many; unknown if it is unknown whether somebody counts."""
        return Expr(Agg("count", self._name, None, self._where, "count", 0))

    def same_household(self) -> Expr:
        """Whether each lives in the subject's household."""
        if self._name in ("members", "housemates"):
            raise DeclarationFault(f"{self._name} 本来就同住，不必再问 same_household()。")
        return Expr(Together(None), self._name, self._where)

    def are(self, other: Other) -> Expr:
        """Whether each is the very person that one's own link points to: housemates.are(father)."""
        if self._name == "members":
            raise DeclarationFault("户没有父母配偶；这样的条件请先立一条 person 的规则。")
        return Expr(Is(other.link), self._name, self._where)


class Linked:
    """The one person a link points to: `father.is_dead`; unknown where nobody is named or known."""

    def __init__(self, link: str, find: Find) -> None:
        self.link, self._find = link, find

    def __getattr__(self, name: str) -> Expr:
        if name.startswith("_"):
            raise AttributeError(name)
        ref = self._find(name)
        return Expr(Get(self.link, ref, ref.unit))

    def __bool__(self) -> NoReturn:
        raise DeclarationFault(f"{self.link} 不能当作是非，请用 {self.link}.is_known()。")

    def is_known(self) -> Expr:
        """Whether the link names somebody we know; never unknown."""
        return Expr(Found(self.link))

    def same_household(self) -> Expr:
        """Whether the person linked lives in the subject's household; unknown where nobody is found."""
        return Expr(Together(self.link))


def plain(value: object) -> Expr:
    """A formula's answer as an expression of the subject's own row."""
    if isinstance(value, bool):
        return Expr(Lit(value, "bool"))
    if not isinstance(value, Expr):
        raise DeclarationFault(f"公式要返回一个式子，这里返回的是 {type(value).__name__}。")
    if value.scope not in (OWN, None):
        raise DeclarationFault(
            f"公式返回了 {value.scope} 逐人的值，请再用 sum()、any()、all()、count()、max() 或 min()。"
        )
    return value
