"""The rows an installation starts with; nothing is taken back on the way down, administrators may have edited them."""

from django.db import migrations

from stakeholders.shipped import ship


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
