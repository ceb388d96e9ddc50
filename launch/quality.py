"""`run.py test --qa`: what a reader of the code would otherwise have to check by eye."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch.places import PYTHON, ROOT, VENV, say

# compose.yaml refuses to be read without them, and no value matters for that.
COMPOSE_NEEDS = ("ALLOWED_HOSTS", "POSTGRES_PASSWORD", "PUBLIC_URL", "SECRET_KEY")
TOOLS = VENV / "bin"
MANAGE = [PYTHON, "manage.py"]


def verdicts(env: Mapping[str, str]) -> dict[str, str]:
    """Each check and what is wrong with it, or nothing."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    checks: dict[str, list[str | Path]] = {
        "Style": [TOOLS / "ruff", "check", "--output-format", "concise"],
        "Layout": [TOOLS / "ruff", "format", "--check"],
        "Templates": [TOOLS / "djade", "--target-version", "5.2", "--check", *templates],
        "Types of the rules": [TOOLS / "mypy"],
        "Order of the packages": [TOOLS / "lint-imports", "--no-logo"],
        "Migrations complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "Translations complete": [*MANAGE, "check_translations"],
    }
    env = {**env, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return {name: verdict(name, command, env) for name, command in checks.items()} | {"Compose file": compose(env)}


def verdict(name: str, command: Sequence[str | Path], env: Mapping[str, str]) -> str:
    say(f"\n{name}")
    code = subprocess.run(command, cwd=ROOT, env=env).returncode
    return f"failed ({code})" if code else ""


def compose(env: Mapping[str, str]) -> str:
    """Only whether the file is well-formed and whole: no container is started."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and not silent([*command, "version"]):
            return verdict(
                "Compose file", [*command, "config", "--quiet"], {**env, **dict.fromkeys(COMPOSE_NEEDS, "any")}
            )
    say("\nCompose file: not checked, as there is no docker compose on this machine.")
    return ""


def silent(command: Sequence[str]) -> int:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
