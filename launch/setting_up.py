"""All that must be there before the first page: secrets, tables, translations, static files, the demo."""

import hashlib
import os
import secrets
import sys
from pathlib import Path

from launch.installing import step
from launch.places import DATABASE, DEMO_PASSWORD, PYTHON, ROOT, VAR, say, shown

# A trial never touches what these point at, and is never a development server.
NOT_INHERITED = {
    "DATABASE_REPLICA_URL",
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "MAIL_URL",
    "REDIS_URL",
    "STATIC_ROOT",
}
STEPS = [
    ("Compiling translations", ["compile_translations"]),
    ("Setting up the database", ["migrate", "--no-input", "--verbosity", "0"]),
    ("Setting up the cache", ["createcachetable", "--verbosity", "0"]),
    # Anew, as a file that an earlier start was killed over looks no older than its source.
    ("Collecting static files", ["collectstatic", "--no-input", "--clear", "--verbosity", "0"]),
    ("Filling in the demo", ["seed_demo", "--if-empty", "--password-file", str(DEMO_PASSWORD)]),
]
SOURCES = ["config", "sync", "reviews", "relationships", "stakeholders", "accounts", "users", "records", "pages"]
EASILY_READ = "abcdefghjkmnpqrstuvwxyz23456789"  # without 0, o, 1, i, l


def environment(port: int) -> dict[str, str]:
    """What the product's processes read, as in production."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return inherited | {
        "SECRET_KEY": secret_file(VAR / "secret-key", secrets.token_urlsafe(50)),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "VAR_DIR": str(VAR),
        "PYTHONUNBUFFERED": "1",
    }


def make_folders() -> None:
    """Everything in `var/` is for its owner's eyes only, and theirs to write."""
    os.umask(0o077)
    try:
        VAR.mkdir(parents=True, exist_ok=True)
        VAR.chmod(0o700)
        (VAR / "log").mkdir(exist_ok=True)
    except OSError as error:
        sys.exit(f"{shown(VAR)} cannot be used: {error.strerror}. Mend that, or give another folder in VAR_DIR.")
    for path in sorted(VAR.iterdir()):
        if not os.access(path, os.W_OK):
            sys.exit(f"{shown(path)} cannot be written. Make it yours, or give another folder in VAR_DIR.")


def secret_file(path: Path, content: str) -> str:
    """The secret kept in `path`; `content` becomes it when there is none yet, or a power cut left nothing of it."""
    if not path.exists() or not path.read_text().strip():
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(content + "\n")
        fresh.replace(path)  # whole or not at all
    return path.read_text().strip()


def spoken_password() -> str:
    """Three groups of four easily read characters: 59 bits, and a phone's keyboard can bear it."""
    return "-".join("".join(secrets.choice(EASILY_READ) for _ in range(4)) for _ in range(3))


def prepare(env: dict[str, str], people: int = 0) -> None:
    """Run every step, unless nothing changed since all of them ran, and fill in so many people more. Each step may
    run twice."""
    secret_file(DEMO_PASSWORD, spoken_password())
    stamp, wanted = VAR / "prepared", fingerprint()
    if not (stamp.exists() and stamp.read_text() == wanted and products_exist()):
        stamp.unlink(missing_ok=True)
        for title, command in STEPS:
            manage(title, command, env)
        stamp.write_text(wanted)
    if people:
        manage(
            f"Filling in {people:,} people, if that was not done before", ["seed_demo", "--people", str(people)], env
        )


def manage(title: str, command: list[str], env: dict[str, str]) -> None:
    """One step to its end."""
    say(f"{title} …")
    if step([PYTHON, "manage.py", *command], cwd=ROOT, env=env):
        sys.exit(f"`manage.py {command[0]}` failed; its reason stands above.")


def fingerprint() -> str:
    """Changes whenever a step could have something to do: code, migrations, translations, static files, packages."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for folder in [*SOURCES, "static", "locale"]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".mo"):
                digest.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def products_exist() -> bool:
    """Somebody may have deleted the database to begin anew, or cleaned the tree."""
    compiled = [path.with_suffix(".mo") for path in (ROOT / "locale").rglob("*.po")]
    return all(path.exists() for path in [DATABASE, VAR / "static" / "staticfiles.json", *compiled])
