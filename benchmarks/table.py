"""The one table a run ends with, as Markdown."""

from collections.abc import Sequence

HEAD = ("", "p50 ms", "p95 ms", "requests/s", "kB", "ratio (least … largest)", "budget")


def drawn(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> list[str]:
    """Columns as wide as their widest cell."""
    widths = [max(wide(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return [
        line(head, widths),
        "|" + "|".join("-" * (width + 2) for width in widths) + "|",
        *(line(row, widths) for row in rows),
    ]


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    filled = (cell + " " * (width - wide(cell)) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(filled) + " |"


def wide(text: str) -> int:
    """Chinese characters take two places."""
    return sum(2 if "⺀" <= char <= "￯" else 1 for char in text)


def verdict(figure: float, budget: float | None, unit: str = "") -> str:
    """The most a figure may be, and whether it is more."""
    return "" if budget is None else judged(f"≤ {budget:g}{unit}", figure <= budget)


def at_least(figure: float, budget: float, unit: str) -> str:
    """The least a figure must be, and whether it is less."""
    return judged(f"≥ {budget:,g}{unit}", figure >= budget)


def judged(budget: str, is_kept: bool) -> str:
    return budget if is_kept else f"{budget} missed"
