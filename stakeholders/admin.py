from django.contrib import admin

from records.admin import FixedRowsAdmin, OnlyRowAdmin
from stakeholders.models import KeyPersonPolicy, RolePower


@admin.register(KeyPersonPolicy)
class KeyPersonPolicyAdmin(OnlyRowAdmin):
    list_display = ("__str__", "min_influence_strength", "confirm_within_days")


@admin.register(RolePower)
class RolePowerAdmin(FixedRowsAdmin):
    list_display = ("letter", "power")
    readonly_fields = ("letter",)
