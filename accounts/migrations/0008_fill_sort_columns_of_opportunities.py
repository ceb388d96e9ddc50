"""Opportunities that stand already get what their list is sorted by."""

from datetime import date

from django.db import migrations

from accounts.search_key import sort_key
from records.by_sets import update_rows

CHUNK = 1000


def fill(apps, schema_editor) -> None:
    opportunities = apps.get_model("accounts", "Opportunity")._base_manager
    rows = opportunities.order_by("pk").only("pk", "name", "closed_on", "expected_close_on")
    chunk = list(rows[:CHUNK])
    while chunk:
        for row in chunk:
            row.sort_key, row.ends_on = sort_key(row.name), row.closed_on or row.expected_close_on or date.max
        update_rows(opportunities.model, chunk, ["sort_key", "ends_on"])
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:CHUNK])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_list_opportunities")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
