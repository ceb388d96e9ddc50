import gettext

import pytest
from django.core.management import call_command

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Gone quiet"
msgstr "久未联系"

#, fuzzy
msgid "Gone"
msgstr "久未"
"""


@pytest.fixture
def catalogue(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    return path


def test_translations_are_compiled_without_gettext_installed(catalogue):
    call_command("compile_translations", verbosity=0)

    with catalogue.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Gone quiet") == "久未联系"


def test_a_mere_guess_is_not_shown(catalogue):
    call_command("compile_translations", verbosity=0)

    with catalogue.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Gone") == "Gone"
