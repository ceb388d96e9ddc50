from django.contrib import admin

from records.admin import RecordAdmin
from users.models import Team, User


@admin.register(Team)
class TeamAdmin(RecordAdmin):
    list_display = ("name", "parent", "lead")
    search_fields = ("name",)
    list_select_related = ("parent", "lead")


@admin.register(User)
class UserAdmin(RecordAdmin):
    """Who signs in; passwords are set on the user page or by their owner."""

    list_display = ("full_name", "email", "rank", "team", "is_administrator", "is_active")
    list_filter = ("rank", "is_administrator", "is_active")
    search_fields = ("full_name", "email")
    list_select_related = ("team",)
    fields = ("full_name", "email", "phone", "rank", "team", "is_administrator", "is_active", "language", "time_zone")

    def has_delete_permission(self, request, obj=None) -> bool:
        """Whoever leaves becomes inactive: their visits stay theirs."""
        return False

    def has_add_permission(self, request) -> bool:
        """New users are made under Settings, with a password."""
        return False
