"""The name of a merge is as long as that of any record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0007_say_reasons_in_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalpersonmerge",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="personmerge",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name"),
        ),
    ]
