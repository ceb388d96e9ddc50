"""Units that stand already get their place in the tree, and are found by pinyin."""

from django.db import migrations

from accounts.search_key import search_key
from accounts.trees import place_trees
from records.by_sets import update_rows

CHUNK = 1000


def place(apps, schema_editor) -> None:
    """Account by account."""
    units = apps.get_model("accounts", "OrgUnit")._base_manager.filter(removed_at=None)
    place_trees(units, units.order_by().values_list("account_id", flat=True).distinct())


def make_findable(apps, schema_editor) -> None:
    """Closed units too: they may be opened again."""
    units = apps.get_model("accounts", "OrgUnit")._base_manager
    rows = units.order_by("pk").only("pk", "name", "other_names", "function")
    chunk = list(rows[:CHUNK])
    while chunk:
        for unit in chunk:
            others = unit.other_names.replace("，", ",").replace("、", ",").split(",")
            unit.search_key = search_key([unit.name, *others], [unit.function])
        update_rows(units.model, chunk, ["search_key"])
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:CHUNK])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_add_place_of_units")]

    operations = [
        migrations.RunPython(place, migrations.RunPython.noop),
        migrations.RunPython(make_findable, migrations.RunPython.noop),
    ]
