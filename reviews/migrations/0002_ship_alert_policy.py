"""The row an installation starts with."""

from django.db import migrations


def ship(apps, schema_editor):
    apps.get_model("reviews", "AlertPolicy").objects.get_or_create(only=True)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
