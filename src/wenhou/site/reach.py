"""Where the database's own user can go. Root's folders are often shut to it, and we do not open them.

As root the server runs as an unprivileged user. Where that user may not pass through the folders above WENHOU_HOME, the
data lies in a folder of its own under /var/tmp, named in WENHOU_HOME/database.elsewhere; where it may not reach the
binaries (a wheel in a virtual environment under root's home), they are copied beside the data.
"""

import pwd
import shutil
import sys
import tempfile
from pathlib import Path

MARKER = "database.elsewhere"
_ELSEWHERE = Path("/var/tmp")


def reaches(user: str, path: Path) -> bool:
    """Whether a user may pass through every folder down to a path (those that exist)."""
    entry = pwd.getpwnam(user)
    folders = [folder for folder in (path, *path.parents) if folder.is_dir()]
    return all(_may_pass(entry, folder) for folder in folders)


def _may_pass(entry: pwd.struct_passwd, folder: Path) -> bool:
    status = folder.stat()
    if status.st_uid == entry.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == entry.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def home_for(user: str | None, home: Path) -> Path:
    """Where the data may lie for this user: the home itself, else a folder of its own that the home remembers. Data that lies
    in the home stays there: a folder shut to the user later is a fault, and an empty database no answer to it."""
    home.mkdir(parents=True, exist_ok=True)
    if user is None or any(home.glob("postgres-*/PG_VERSION")) or reaches(user, home):
        return home
    marker = home / MARKER
    if marker.exists() and Path(marker.read_text()).is_dir():
        return Path(marker.read_text())
    folder = Path(tempfile.mkdtemp(prefix="wenhou-", dir=_ELSEWHERE))
    folder.chmod(0o755)
    marker.write_text(str(folder))
    print(f"数据库用户{user}进不了{home}，数据库放在{folder}。", file=sys.stderr)
    return folder


def binaries_for(user: str | None, binaries: Path, home: Path) -> Path:
    """The binaries where this user can run them; copied beside the data if need be."""
    if user is None or reaches(user, binaries):
        return binaries
    package, copies = binaries.parents[1], home / "binaries"
    # The wheel's programs look for their libraries beside the package.
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.is_dir() and not (copies / folder.name).is_dir():
            half = copies / f"{folder.name}.half"
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(folder, half, symlinks=True)
            half.rename(copies / folder.name)
    return copies / binaries.relative_to(package.parent)
