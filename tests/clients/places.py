"""Where the clients live that the test environment has not: virtual environments and node modules, built once."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
HOME = HERE.parent.parent / ".clients"


class Missing(Exception):
    """A client cannot be had on this machine."""


def python(name: str) -> Path:
    """The interpreter of an environment with what requirements/*name*.txt lists, in the versions of its constraints."""
    wanted, versions = (HERE / "requirements" / f"{name}{suffix}" for suffix in (".txt", ".constraints.txt"))

    def build(folder: Path) -> None:
        _run(name, sys.executable, "-m", "venv", "--without-pip", folder)
        pip = (sys.executable, "-m", "pip", "--python", folder / "bin/python", "install")
        _run(name, *pip, "-q", "--no-compile", "--disable-pip-version-check", "-r", wanted, "-c", versions)

    return _kept(name, wanted.read_bytes() + versions.read_bytes() + sys.version.encode(), build) / "bin/python"


def node() -> Path:
    """The folder of the node modules that node/package-lock.json lists."""
    lock = HERE / "node/package-lock.json"
    if shutil.which("npm") is None:
        raise Missing("npm is not installed")

    def build(folder: Path) -> None:
        folder.mkdir()
        for file in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "node" / file, folder)
        _run("npm", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder)

    return _kept("node", lock.read_bytes(), build) / "node_modules"


def _kept(name: str, wanted: bytes, build: Callable[[Path], None]) -> Path:
    """The folder of *name*, built again when something else is wanted."""
    folder = HOME / name
    done, digest = folder / ".built", hashlib.sha256(wanted).hexdigest()
    with _locked(name):
        if not done.exists() or done.read_text("utf-8") != digest:
            shutil.rmtree(folder, ignore_errors=True)
            build(folder)
            done.write_text(digest, "utf-8")
    return folder


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Two test processes do not build one place at once."""
    if os.name != "posix":
        raise Missing("places of clients are built on POSIX systems only")
    import fcntl

    HOME.mkdir(exist_ok=True)
    with (HOME / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(what: str, *command: object) -> None:
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if ended.returncode:
        said = (ended.stderr.strip() or ended.stdout.strip())[-500:]
        raise Missing(f"{what} cannot be installed: {said or f'exit code {ended.returncode}, without a word'}")
