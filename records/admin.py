"""How records stand in Django's admin: through their verbs, so that history and derived rows follow."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from records.models import Record


class RecordAdmin(admin.ModelAdmin):
    """Saves by `change` or `add` where the model has such a verb, else by `keep`; removing can be undone."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(removed_at=None)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and hasattr(obj, "change"):
            obj.change(by=request.user, **{name: form.cleaned_data[name] for name in form.changed_data})
        else:
            obj.keep(by=request.user, because="admin_changed" if change else "admin_added")

    def delete_model(self, request: HttpRequest, obj: Record) -> None:
        obj.remove(by=request.user, because="admin_removed")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for obj in queryset:
            self.delete_model(request, obj)


class OnlyRowAdmin(RecordAdmin):
    """A policy has one row: it is edited, and neither made nor removed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FixedRowsAdmin(OnlyRowAdmin):
    """A table whose rows are given by the method."""
