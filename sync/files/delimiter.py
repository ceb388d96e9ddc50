"""What separates the cells of a CSV file: told by its first line, or by which sign makes rows of one width."""

import csv
import re
from collections import Counter

DELIMITERS = (",", ";", "\t", "|")
TOLD = re.compile(r"\ufeff?\"?sep=(.)\"?[\r\n]*", re.IGNORECASE)  # a line that spreadsheets write for themselves


def told_delimiter(first_line: str) -> str:
    """The delimiter of a line “sep=;”."""
    match = TOLD.fullmatch(first_line)
    return match[1] if match else ""


def guessed_delimiter(lines: list[str]) -> str:
    """The sign that divides the header and most rows into the same number of cells; the comma if none does."""
    return max(DELIMITERS, key=lambda sign: (evenness(lines, sign), -DELIMITERS.index(sign)))


def evenness(lines: list[str], sign: str) -> tuple[float, int]:
    """The share of rows as wide as most of the divided ones, and that width."""
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=sign) if any(cells)]
    except csv.Error:
        return 0, 0
    divided = Counter(width for width in widths if width > 1)
    if not divided or widths[0] == 1:
        return 0, 0
    width, rows = divided.most_common(1)[0]
    return round(rows / len(widths), 1), width
