"""The iron triangle of an account (domain 3): account, solution and delivery manager; an empty corner is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import AccountMember


@dataclass(frozen=True)
class Corner:
    """One of the three functions and who of ours holds it."""

    label: str
    function: str
    holders: list[AccountMember]


def corners(members: Iterable[AccountMember]) -> list[Corner]:
    """The three corners in their order, also those nobody holds."""
    members = list(members)
    return [
        Corner(str(function.label), function.value, [member for member in members if member.function == function])
        for function in AccountMember.TRIANGLE
    ]
