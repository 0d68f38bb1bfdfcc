"""The embedded server's logins of the web and of the worker: each a password of its own, kept beside the data (0600)."""

import secrets
from pathlib import Path

from wenhou.site.launcher import Cluster

ROLES = ("wenhou_web", "wenhou_worker")
_RULE = f"host all {','.join(ROLES)} 127.0.0.1/32 scram-sha-256\n"
_MAKE = """
do $$ begin
    create role {role} nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$
"""


def url(cluster: Cluster, role: str) -> str:
    """Where the role signs in, with its password; the login is made where there is none yet."""
    kept = _kept(cluster, role)
    if not kept.exists() or _RULE not in _rules(cluster).read_text():
        _make(cluster)
    return cluster.url.replace("//wenhou@", f"//{role}:{kept.read_text()}@")


def _make(cluster: Cluster) -> None:
    """Both logins, and the server's rule that they need their passwords."""
    import psycopg

    with psycopg.connect(cluster.url, autocommit=True) as connection:
        for role in ROLES:
            connection.execute(_MAKE.format(role=role))
            connection.execute(f"alter role {role} login password '{_password(cluster, role)}'")
        rules = _rules(cluster)
        if _RULE not in rules.read_text():
            rules.write_text(_RULE + rules.read_text())
            connection.execute("select pg_reload_conf()")


def _password(cluster: Cluster, role: str) -> str:
    kept = _kept(cluster, role)
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(32))
    return kept.read_text()


def _kept(cluster: Cluster, role: str) -> Path:
    return cluster.data.parent / f"{cluster.data.name}.{role}"


def _rules(cluster: Cluster) -> Path:
    return cluster.data / "pg_hba.conf"
