"""The app of records: triggers follow the models after every migration, and a check compares the two."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self) -> None:
        from records.checks import models_are_well_declared, triggers_match_models  # noqa: PLC0415 they read models

        post_migrate.connect(install_triggers, sender=self, dispatch_uid="records.triggers")
        checks.register(models_are_well_declared, checks.Tags.models)
        checks.register(triggers_match_models, checks.Tags.database)


def install_triggers(using: str, **_kwargs: Any) -> None:
    """Django sends this once per app after all migrations; ours is the one that counts."""
    from records import triggers  # noqa: PLC0415 models are ready only now

    triggers.install(connections[using])
