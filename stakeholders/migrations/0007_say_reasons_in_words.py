"""Reasons are a line of words, which is written by sets on both engines; no suspicion is stored yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0006_add_merges_and_suspected_twins")]
    operations = [
        migrations.RemoveField(model_name="suspectedtwins", name="reasons"),
        migrations.AddField(
            model_name="suspectedtwins",
            name="reasons",
            field=models.CharField(default="", max_length=120, verbose_name="why"),
        ),
    ]
