"""Folders that nobody may write into, and what is mounted on them, for the tests that need one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def as_superuser(*command: object) -> str:
    """Run a command as the superuser; why that may not be done, or nothing."""
    allowed = [] if os.geteuid() == 0 else ["sudo", "-n"]
    try:
        done = subprocess.run([*allowed, *map(str, command)], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return str(error)
    return done.stderr.strip() or "refused" if done.returncode else ""


@contextmanager
def mounted(folder: Path, *arguments: object) -> Iterator[None]:
    """Mount something on a folder, or skip the test where that may not be done."""
    if refused := as_superuser("mount", *arguments, folder):
        pytest.skip(f"this system lets nobody mount: {refused}")
    try:
        yield
    finally:
        assert not as_superuser("umount", "-l", folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder: a mount for the superuser, who heeds no permissions, permissions for others."""
    if os.geteuid() == 0:
        with mounted(folder, "--bind", folder):
            assert not as_superuser("mount", "-o", "remount,bind,ro", folder)
            yield
        return
    places = [folder, *(path for path in folder.rglob("*"))]
    modes = [path.stat().st_mode for path in places]
    for path, mode in zip(places, modes, strict=True):
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in zip(places, modes, strict=True):
            path.chmod(mode)
