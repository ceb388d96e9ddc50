"""Telling a repeated send from a different one."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def digest(
    account: Any, activity_type: Any, people: Iterable[Any], colleagues: Iterable[Any], values: Mapping[str, Any]
) -> str:
    """A fingerprint of what was sent: equal for equal content, whatever its order."""
    content = {
        "account": str(account.pk),
        "activity_type": str(activity_type.pk),
        "people": sorted(str(person.pk) for person in people),
        "colleagues": sorted(str(user.pk) for user in colleagues),
        "values": {name: str(value) for name, value in values.items() if value not in ("", None)},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
