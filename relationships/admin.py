from django.contrib import admin

from records.admin import FixedRowsAdmin, OnlyRowAdmin, RecordAdmin
from relationships.models import ActivityType, CadencePolicy, ContactRules, SupportRules


@admin.register(ActivityType)
class ActivityTypeAdmin(RecordAdmin):
    list_display = ("label_en", "label_zh", "place", "counts", "is_key_action", "is_service", "is_offered")
    ordering = ("place",)


@admin.register(CadencePolicy)
class CadencePolicyAdmin(FixedRowsAdmin):
    list_display = ("letter", "tier", "gap_days", "ceiling")
    readonly_fields = ("letter", "tier")
    list_filter = ("tier",)


@admin.register(ContactRules)
class ContactRulesAdmin(OnlyRowAdmin):
    list_display = ("__str__", "due_percent", "lost_multiple", "hold_back_days")


@admin.register(SupportRules)
class SupportRulesAdmin(OnlyRowAdmin):
    list_display = ("__str__", "fresh_days", "win_from_power")
