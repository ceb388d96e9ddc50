"""Accounts that prove to be one customer, with what was moved."""

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

import records.identity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_place_units_in_their_tree"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.account",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="historicalaccount",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.account",
                verbose_name="merged into",
            ),
        ),
        migrations.CreateModel(
            name="AccountMerge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=records.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("merged_at", models.DateTimeField(verbose_name="merged")),
                ("moves", models.JSONField(editable=False)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="accounts.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "twin",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merge",
                        to="accounts.account",
                        verbose_name="merged account",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("twin")), _negated=True), name="account_merge_of_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAccountMerge",
            fields=[
                ("id", models.UUIDField(default=records.identity.new_id, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("merged_at", models.DateTimeField(verbose_name="merged")),
                ("history_change_reason", models.TextField(blank=True, default="")),
                ("history_user_id", models.UUIDField(blank=True, null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_date", models.DateTimeField()),
                ("history_client", models.CharField(default="job", max_length=40)),
                (
                    "kept",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "twin",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.account",
                        verbose_name="merged account",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical merge",
                "verbose_name_plural": "historical merges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["id", "history_date", "history_id"], name="accounts_hi_id_467752_idx"),
                    models.Index(fields=["kept", "history_date", "history_id"], name="accounts_hi_kept_id_cf99b2_idx"),
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
