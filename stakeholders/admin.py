from django.contrib import admin

from records.admin import FixedRowsAdmin, OnlyRowAdmin
from stakeholders.models import KeyPersonPolicy, RolePower
from stakeholders.policy_changes import change_key_policy, change_role_powers


@admin.register(KeyPersonPolicy)
class KeyPersonPolicyAdmin(OnlyRowAdmin):
    list_display = ("__str__", "min_influence_strength", "confirm_within_days")

    def save_model(self, request, obj, form, change) -> None:
        change_key_policy(by=request.user, **form.cleaned_data)


@admin.register(RolePower)
class RolePowerAdmin(FixedRowsAdmin):
    list_display = ("letter", "power")
    readonly_fields = ("letter",)

    def save_model(self, request, obj, form, change) -> None:
        change_role_powers({obj.letter: form.cleaned_data["power"]}, by=request.user)
