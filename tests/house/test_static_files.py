"""What production serves is gathered, named by content and whole."""

import json
import os
import re
from time import time

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """The folder that `collectstatic` fills in production."""
    folder = tmp_path_factory.mktemp("static")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "pages.staticfiles.Storage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def names(folder):
    return json.loads((folder / "staticfiles.json").read_text())["paths"]


def test_every_file_is_named_by_its_content(gathered):
    paths = names(gathered)

    assert staticfiles_storage.url("css/two-eyes.css") == f"/static/{paths['css/two-eyes.css']}"
    assert all((gathered / name).exists() for name in paths.values())


def test_a_module_imports_others_by_their_hashed_names(gathered):
    paths = names(gathered)
    modules = [(gathered / paths[name]).read_text() for name in paths if name.startswith("js/")]

    plain = [name for name in paths if name.startswith("js/") for text in modules if f'./{name[3:]}"' in text]

    assert modules
    assert plain == []


def test_whatever_a_template_asks_for_is_there(gathered):
    templates = [path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html")]
    asked = {name for text in templates for name in re.findall(r'{% static "([^"{]+)"', text)}

    missing = sorted(asked - names(gathered).keys())

    assert asked
    assert missing == []


def test_gathered_again_the_stylesheet_has_its_parts_as_they_are_now(tmp_path):
    """An upgrade gathers into the same folder, and changes a part only."""
    part, folder = tmp_path / "css" / "chain.css", tmp_path / "gathered"
    part.parent.mkdir()
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "pages.staticfiles.Storage"},
    }
    with override_settings(
        STATIC_ROOT=folder, STORAGES=storages, STATICFILES_DIRS=[tmp_path, *settings.STATICFILES_DIRS]
    ):
        gathered_twice = []
        for text in (".before {}", ".after {}"):
            part.write_text(text)
            os.utime(part, (later := time() + 60 * len(gathered_twice), later))
            call_command("collectstatic", interactive=False, verbosity=0)
            gathered_twice.append((folder / names(folder)["css/two-eyes.css"]).read_text())

    assert [".before {}" in text for text in gathered_twice] == [True, False]
    assert [".after {}" in text for text in gathered_twice] == [False, True]
