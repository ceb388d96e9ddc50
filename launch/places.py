"""Where things lie, and how to speak to the person at the terminal."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
LOGS = VAR / "log"
DATABASE = VAR / "two-eyes.sqlite3"
DEMO_PASSWORD = VAR / "demo-password"


def shown(path: Path) -> str:
    """As short as it can be typed in the product's folder."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def say(line: str = "") -> None:
    print(line, flush=True)
