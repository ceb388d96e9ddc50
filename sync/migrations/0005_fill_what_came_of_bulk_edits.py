"""What was done before its page told of it: how many rows, and when at the latest."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    edits = apps.get_model("sync", "BulkEdit").objects.exclude(state="draft")
    edits.update(done_at=F("created_at"))
    for edit in edits.only("keys").iterator(chunk_size=50):
        edits.filter(pk=edit.pk).update(changed=len(edit.keys))


class Migration(migrations.Migration):
    dependencies = [("sync", "0004_add_what_came_of_bulk_edits")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
