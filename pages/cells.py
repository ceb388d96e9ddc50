"""Cells of exported tables: what a spreadsheet would run as a formula is defused, and restored on import."""

FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")  # the last four are what a Chinese keyboard writes
FUSE = "'"


def defused(value: object) -> object:
    """The value as a cell that no spreadsheet runs; numbers, dates and harmless text stay as they are."""
    return FUSE + value if isinstance(value, str) and would_run(value) else value


def restored(value: object) -> object:
    """What `defused` was given; text that it never made stays as it is."""
    if isinstance(value, str) and value.startswith(FUSE) and would_run(value):
        return value[len(FUSE) :]
    return value


def would_run(text: str) -> bool:
    """Whether text is a formula behind spaces and fuses; counting fuses in makes the way back exact."""
    return text.lstrip(" \u3000\ufeff" + FUSE).startswith(FORMULA)
