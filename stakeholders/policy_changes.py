"""Changing who counts as a key person and what a role weighs (rules 4.1, 4.2); only administrators may (domain 6)."""

from collections.abc import Mapping

from django.db import transaction

from stakeholders.models import KeyPersonPolicy, RolePower
from stakeholders.recount import recount
from users.models import User


def change_key_policy(*, by: User | None, **values: int) -> bool:
    """Edit rule 4.2 and judge everybody by it; False when a job does the judging."""
    policy = KeyPersonPolicy.load()
    for field, value in values.items():
        setattr(policy, field, value)
    policy.full_clean()
    with transaction.atomic():
        policy.keep(by=by, because="key_policy_changed")
        return recount()


def change_role_powers(powers: Mapping[str, int], *, by: User | None) -> None:
    """Edit what a role weighs when nothing else is said; roles given before keep their power."""
    with transaction.atomic():
        for row in RolePower.objects.filter(letter__in=powers):
            row.power = powers[row.letter]
            row.full_clean()
            row.keep(by=by, because="role_power_changed")
