"""By which address, and as whom, a process reaches the database: the owner, the web or the worker.

`WENHOU_AS` says which of the three a process is; `wenhou serve` and `wenhou worker` set it. It is read before Django is.
"""

import os
from pathlib import Path

from wenhou.base.errors import WenhouError
from wenhou.site import launcher, logins

OWNER, WEB, WORKER = "", "web", "worker"
ROLES = {WEB: "wenhou_web", WORKER: "wenhou_worker"}
URLS = {WEB: "WENHOU_WEB_DATABASE_URL", WORKER: "WENHOU_WORKER_DATABASE_URL"}


def of(who: str, home: Path) -> tuple[str, str]:
    """Address and role to take on connecting, '' where the address is the user's own. Starts the embedded server where
    no address is given. Raises WenhouError for a process that is none of the three.
    """
    if who not in ("", *ROLES):
        raise WenhouError("WENHOU_AS写得不对：只能是 web、worker 或不写（库主）。")
    if own := _own(who):
        return own, ""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given, ROLES.get(who, "")
    cluster = launcher.cluster_at(home, os.environ.get("WENHOU_POSTGRES"))
    launcher.ensure_running(cluster)
    return (logins.url(cluster, ROLES[who]) if who else cluster.url), ""


def _own(who: str) -> str:
    told = {
        WEB: os.environ.get("WENHOU_WEB_DATABASE_URL"),
        WORKER: os.environ.get("WENHOU_WORKER_DATABASE_URL"),
    }
    return told.get(who) or ""


def environment(who: str) -> dict[str, str]:
    """The environment of a process that is to be one of the three."""
    return {**os.environ, "WENHOU_AS": who}


def become(who: str) -> None:
    """This process, and those it starts, is one of the three. Before the settings are read, or it has no effect."""
    os.environ["WENHOU_AS"] = who


def is_borrowed(who: str) -> bool:
    """Whether a process would connect as the owner and only take on the role: it could put it off again."""
    return bool(os.environ.get("DATABASE_URL")) and not _own(who)
