"""The virtual environment: made once, and filled again only when a lock file changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from launch.places import PYTHON, ROOT, VENV, say

VENV_PACKAGE = f"python3.{sys.version_info.minor}-venv"
# The lock of `one_at_a_time` while it is ours, as a file descriptor.
held: list[int] = []


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts from one folder must not install or migrate at once; the second waits here."""
    with open(ROOT / "run.py") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for an earlier start to finish …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        held.append(lock.fileno())
        try:
            yield
        finally:
            held.clear()


def step(command: Sequence[object], **options: Any) -> int:
    """Run one step to its end. It holds the lock too: if only `run.py` is killed, the next start waits for the step."""
    return subprocess.run([str(word) for word in command], pass_fds=held, **options).returncode


def install(*locks: str) -> None:
    """Bring in what these lock files name, unless it is there already."""
    if not venv_works():
        make_venv()
    for lock in locks:
        digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
        stamp = stamp_of(lock)
        if not stamp.exists() or stamp.read_text() != digest:
            stamp.unlink(missing_ok=True)  # not there while pip works
            pip_install(lock)
            stamp.write_text(digest)


def stamp_of(lock: str) -> Path:
    """Tells which version of a lock file was installed; empty when pip could not."""
    return VENV / f"{lock}.installed"


def venv_works() -> bool:
    """Not when an earlier start was killed while it was filled, nor when its Python was replaced by a newer one."""
    return stamp_of("requirements.txt").exists() and os.path.exists(PYTHON) and can_import(PYTHON, "pip")


def make_venv() -> None:
    """Make `.venv` anew; Debian keeps a piece of Python that this needs in a package of its own."""
    if VENV.is_symlink():  # it would be emptied where it lies, and others may work with it
        sys.exit(".venv is a link to an environment that run.py did not fill. Remove the link, or fill what it names.")
    say("Making .venv …")
    base = getattr(sys, "_base_executable", sys.executable)
    if not can_import(base, "ensurepip"):
        install_venv_package()
    if step([base, "-m", "venv", "--clear", VENV]):
        sys.exit(".venv could not be made; the reason stands above.")


def can_import(python: str, module: str) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode == 0


def install_venv_package() -> None:
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"Python's venv module is missing. Type:  sudo apt-get install {VENV_PACKAGE}")
    say(f"Installing Debian's {VENV_PACKAGE} …")
    for words in (["update"], ["install", "-y", "--no-install-recommends", VENV_PACKAGE]):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if step(["apt-get", "-qq", *words], env=env, stdout=subprocess.DEVNULL):
            sys.exit(f"{VENV_PACKAGE} could not be installed; the reason stands above.")


def pip_install(lock: str) -> None:
    say(f"Installing {lock} …")
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if step([*pip, "--requirement", ROOT / lock]):
        stamp_of(lock).touch()
        sys.exit(f"pip could not install {lock}; its reason stands above. Once the package index answers, start again.")
