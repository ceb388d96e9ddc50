"""The rows an installation starts with; nothing is taken back on the way down, administrators may have edited them."""

from django.db import migrations

from relationships.shipped import ship


class Migration(migrations.Migration):
    dependencies = [("relationships", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
