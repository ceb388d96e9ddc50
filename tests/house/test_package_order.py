"""The one-way order of the packages, drawn in pyproject.toml, holds for imports, foreign keys and migrations."""

import tomllib

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from importlinter import cli

CONTRACT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]
FROM_THE_BOTTOM = list(reversed(CONTRACT["contracts"][0]["layers"]))


def is_downwards(app, other):
    """Whether `app` may know `other`; packages that are not ours stand below all of them."""
    if other not in FROM_THE_BOTTOM:
        return True
    return app not in FROM_THE_BOTTOM or FROM_THE_BOTTOM.index(app) >= FROM_THE_BOTTOM.index(other)


def relations():
    """Every column that points at another table, of historical models too."""
    for model in apps.get_models(include_auto_created=True):
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if field.related_model:
                yield model._meta.app_label, field, field.related_model._meta.app_label


def migration_dependencies():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, name), migration in loader.disk_migrations.items():
        for other, _ in migration.dependencies:
            yield app, name, other


def test_every_package_of_ours_has_its_place_in_the_order():
    ours = {
        config.name for config in apps.get_app_configs() if (settings.BASE_DIR / config.name / "__init__.py").exists()
    }

    assert ours == set(FROM_THE_BOTTOM) == set(CONTRACT["root_packages"])


def test_imports_run_only_downwards(capsys, monkeypatch):
    monkeypatch.chdir(settings.BASE_DIR)
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)  # it would silence every logger there is

    exit_code = cli.lint_imports(no_logo=True, cache_dir=None)

    assert exit_code == 0, capsys.readouterr().out


def test_foreign_keys_point_only_downwards():
    upwards = [f"{field} points at {other}" for app, field, other in relations() if not is_downwards(app, other)]

    assert upwards == []


def test_migrations_depend_only_on_lower_packages():
    upwards = [
        f"{app} {name} depends on {other}"
        for app, name, other in migration_dependencies()
        if not is_downwards(app, other)
    ]

    assert upwards == []
