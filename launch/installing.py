"""The virtual environment: made once, and filled again only when a lock file changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from launch.places import PYTHON, ROOT, VENV, say

VENV_PACKAGE = f"python3.{sys.version_info.minor}-venv"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts from one folder must not install or migrate at once; the second waits here."""
    with open(ROOT / "run.py") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(*locks: str) -> None:
    """Bring in what these lock files name, unless it is there already."""
    if not venv_works():
        make_venv()
    for lock in locks:
        digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
        stamp = VENV / f"{lock}.installed"
        if not stamp.exists() or stamp.read_text() != digest:
            pip_install(lock)
            stamp.write_text(digest)


def venv_works() -> bool:
    """Importing pip fails for half-made environments, and for those whose Python was replaced by a newer one."""
    return os.path.exists(PYTHON) and can_import(PYTHON, "pip")


def make_venv() -> None:
    """Make `.venv` anew; Debian keeps a piece of Python that this needs in a package of its own."""
    say("Making .venv …")
    base = getattr(sys, "_base_executable", sys.executable)
    if not can_import(base, "ensurepip"):
        install_venv_package()
    subprocess.run([base, "-m", "venv", "--clear", VENV], check=True)


def can_import(python: str, module: str) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode == 0


def install_venv_package() -> None:
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"Python's venv module is missing. Type:  sudo apt-get install {VENV_PACKAGE}")
    say(f"Installing Debian's {VENV_PACKAGE} …")
    for words in (["update"], ["install", "-y", "--no-install-recommends", VENV_PACKAGE]):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", *words], check=True, env=env, stdout=subprocess.DEVNULL)


def pip_install(lock: str) -> None:
    say(f"Installing {lock} …")
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*pip, "--requirement", str(ROOT / lock)]).returncode:
        sys.exit(f"pip could not install {lock}; its reason stands above. Once the package index answers, start again.")
