"""What `manage.py check` says of records: badly declared models, and triggers that left their models."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from records import triggers
from records.triggers.plan import badly_declared


def models_are_well_declared(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse a model whose triggers could not be written."""
    found = [(model, badly_declared(model)) for model in apps.get_models()]
    return [Error(problem, obj=model, id="records.E001") for model, problem in found if problem]


def triggers_match_models(
    app_configs: Any, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Compare the live schema with the models (`manage.py check --database default`).

    Silent while migrations wait, since they end by installing the triggers; and a warning, since an error would
    keep the very migration from running that repairs it.
    """
    settled = [connections[alias] for alias in databases or () if not _migrations_wait(connections[alias])]
    hint = "Run `manage.py migrate`."
    return [
        Warning(problem, hint=hint, id="records.W001")
        for connection in settled
        for problem in triggers.verify(connection)
    ]


def _migrations_wait(connection: Any) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
