"""The rows this app ships, which administrators then edit (rule 4.1)."""

ROLE_POWERS = {"A": 3, "D": 3, "E": 2, "S": 1, "I": 1}


def ship(apps, schema_editor=None) -> None:
    """Write them where there are none yet; `apps` is a migration's registry or the live one."""
    role_power = apps.get_model("stakeholders", "RolePower")
    if not role_power.objects.exists():
        role_power.objects.bulk_create(role_power(letter=letter, power=power) for letter, power in ROLE_POWERS.items())
    apps.get_model("stakeholders", "KeyPersonPolicy").objects.get_or_create(only=True)
