"""Along which links the answers of a plan look, away from whom they are about."""

from collections.abc import Collection, Mapping

from wenhou.engine import nodes, tracing
from wenhou.engine.nodes import Agg, Found, Get, Mine, Node, Ref, Together
from wenhou.engine.plan import Plan

Path = tuple[str, ...]
"""Links and groups one after another: ("father", "spouse") is the father's spouse. Whoever is reached stands for all who
live there, so that () is one's own household."""
Paths = frozenset[Path]
HERE: Paths = frozenset({()})
NOWHERE: Paths = frozenset()


def paths(plan: Plan, names: Collection[str], *, to: Collection[str] | None = None) -> Paths:
    """The ways from a subject to whatever decides these answers. to: only to where these facts are read; None is to all
    of them, and to whoever a link leads to."""
    needed = plan.below(*names)
    found: dict[str, Paths] = {
        name: HERE if to is None or name in to else NOWHERE for name in needed if name not in plan.trees
    }
    for name, (_, tree) in plan.trees.items():  # each after those it rests on
        if name in needed:
            found[name] = _of(tree, found, HERE if to is None else NOWHERE)
    return NOWHERE.union(*(found[name] for name in names))


def _of(node: Node, found: Mapping[str, Paths], end: Paths) -> Paths:
    """end: HERE where it matters too who stands at the end of a link."""
    match node:
        case Ref(name=name):
            return found.get(name, NOWHERE)
        case Get(link=link, item=item):
            return _beyond(link, found.get(item.name, NOWHERE) | end)
        case Found(link=link) | Together(link=str(link)):
            return _beyond(link, end)
        case Mine():
            return NOWHERE  # told of whoever aggregates
        case Agg(group=group):
            theirs = _beneath(node, found, end) | end
            own = (_of(part.node, found, end) for part in nodes.walk(node) if isinstance(part, Mine))
            return (theirs if group in tracing.GROUPS else _beyond(group, theirs)).union(*own)
    return _beneath(node, found, end)


def _beneath(node: Node, found: Mapping[str, Paths], end: Paths) -> Paths:
    return NOWHERE.union(*(_of(part, found, end) for part in nodes.children(node)))


def _beyond(step: str, paths: Paths) -> Paths:
    return frozenset((step, *path) for path in paths)
