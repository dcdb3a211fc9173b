"""Whole files or none: a path holds what stood there before or everything that was written, never a part."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def write_whole(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write `data` (text as UTF-8) to `path`, whole or not at all.

    The data goes to a new file in the same folder, is brought to disk, and takes the name in one step; a
    failure on the way (`OSError`: no folder, no room, no permission) leaves the path as it was and nothing
    beside it. A symbolic link is followed, an existing file keeps its mode, and a path that is no regular
    file (a pipe, `/dev/stdout`) is written to directly, since it has no whole to keep.
    """
    raw = data.encode("utf-8") if isinstance(data, str) else data
    mode = _mode(Path(path))
    if mode is not None and not stat.S_ISREG(mode):
        # By the name as given: that of a pipe behind `/dev/stdout` leads nowhere. A folder is refused here.
        with Path(path).open("wb") as direct:
            direct.write(raw)
        return
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:80]}.{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        _write_new(beside, raw, mode)
        beside.replace(target)
    except BaseException:  # an interrupt must not leave the part behind either
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode(path: Path) -> int | None:
    """What stands at `path` and its permissions, None where nothing does."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_new(path: Path, raw: bytes, mode: int | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(stat.S_IMODE(mode))


def _sync_folder(folder: Path) -> None:
    """Bring the new name to disk too, where the system lets a folder be opened (Windows does not)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
