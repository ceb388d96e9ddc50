import django.db.models.deletion
from django.db import migrations, models

from records.fields import SearchKeyField, SortKeyField, search_indexes
from records.operations import OnPostgres


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_look_words_up_in_accounts"),
        ("stakeholders", "0009_index_lists"),
    ]

    operations = [
        migrations.CreateModel(
            "SearchEntry",
            [
                ("seat", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("standing", models.PositiveSmallIntegerField()),
                ("sort_key", SortKeyField(max_length=200)),
                ("name", SortKeyField(max_length=120)),
                ("pinyin", SortKeyField(max_length=120)),
                ("initials", SortKeyField(max_length=120)),
                ("lines", SearchKeyField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="stakeholders.stakeholder",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name", "standing"], name="search_entry_by_name"),
                    models.Index(fields=["pinyin", "standing"], name="search_entry_by_pinyin"),
                    models.Index(fields=["initials", "standing"], name="search_entry_by_initials"),
                ],
            },
        ),
        OnPostgres(*search_indexes("stakeholders_searchentry", "lines")),
    ]
