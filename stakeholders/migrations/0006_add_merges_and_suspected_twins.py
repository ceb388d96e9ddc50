"""Two people who prove to be one, with what was moved; and pairs who may be."""

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

import records.identity


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0005_part_search_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPersonMerge",
            fields=[
                ("id", models.UUIDField(default=records.identity.new_id, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
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
                        to="stakeholders.stakeholder",
                        verbose_name="person",
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
                        to="stakeholders.stakeholder",
                        verbose_name="merged person",
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
                    models.Index(fields=["id", "history_date", "history_id"], name="stakeholder_id_08e217_idx"),
                    models.Index(fields=["kept", "history_date", "history_id"], name="stakeholder_kept_id_9dab0a_idx"),
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSuspectedTwins",
            fields=[
                ("id", models.UUIDField(default=records.identity.new_id, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suspected", "Suspected"),
                            ("different", "Not the same person"),
                            ("merged", "Merged"),
                        ],
                        default="suspected",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
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
                    "one",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stakeholders.stakeholder",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stakeholders.stakeholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical suspected twins",
                "verbose_name_plural": "historical suspected twins",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["id", "history_date", "history_id"], name="stakeholder_id_dfa84c_idx")
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PersonMerge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=records.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("merged_at", models.DateTimeField(verbose_name="merged")),
                ("moves", models.JSONField(editable=False)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="stakeholders.stakeholder",
                        verbose_name="person",
                    ),
                ),
                (
                    "twin",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merge",
                        to="stakeholders.stakeholder",
                        verbose_name="merged person",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("twin")), _negated=True), name="person_merge_of_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SuspectedTwins",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=records.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("likeness", models.PositiveSmallIntegerField(default=0, verbose_name="likeness")),
                ("reasons", models.JSONField(default=list, verbose_name="why")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suspected", "Suspected"),
                            ("different", "Not the same person"),
                            ("merged", "Merged"),
                        ],
                        default="suspected",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stakeholders.stakeholder"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stakeholders.stakeholder"
                    ),
                ),
            ],
            options={
                "verbose_name": "suspected twins",
                "verbose_name_plural": "suspected twins",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "suspected")),
                        fields=["-likeness", "id"],
                        name="suspected_twins_by_likeness",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="suspected_twins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="suspected_twins_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["suspected", "different", "merged"])),
                        name="suspected_twins_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("likeness__lte", 100)), name="suspected_twins_likeness_range"
                    ),
                ],
            },
        ),
    ]
