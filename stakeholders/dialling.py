"""Telling a phone number from other text that is looked for."""

import re

from accounts.search_key import fold

# What people type when they look up a number: at least four digits and what stands between them.
PHONE_LIKE = re.compile(r"\(?\+?(?:[\s().\-/]*\d){4,}[\s().\-/]*")


def dialled(text: str) -> str:
    """The digits of what looks like a phone number, without trunk or exit zeros; empty for any other text."""
    plain = fold(text)
    if not plain or not PHONE_LIKE.fullmatch(plain):
        return ""
    return "".join(char for char in plain if char.isdigit()).lstrip("0")
