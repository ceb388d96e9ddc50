from django.contrib import admin

from records.admin import RecordAdmin
from reviews.models import DayException


@admin.register(DayException)
class DayExceptionAdmin(RecordAdmin):
    """Own holidays, and days worked instead; digests follow them."""

    list_display = ("day", "is_workday", "note")
    list_filter = ("is_workday",)
    ordering = ("-day",)
