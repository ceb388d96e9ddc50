import gettext

import polib
import pytest
from django.core.management import call_command

from config.management.commands.check_translations import gaps_between

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


GATHERED = """
#: pages.py:1
msgid "Gone quiet"
msgstr "久未联系"

#: pages.py:2
msgid "New here"
msgstr ""

#: pages.py:3
msgctxt "verb"
msgid "Log"
msgstr ""

#: pages.py:4
#, fuzzy
msgid "Gone"
msgstr "久未"

#: pages.py:5
msgid "%(name)s is back."
msgstr "回来了。"

#: pages.py:6
msgid "%(days)d day"
msgid_plural "%(days)d days"
msgstr[0] "%(days)d 天"
"""
KEPT = """
msgid "Gone quiet"
msgstr "久未联系"

msgid "Log"
msgstr "日志"
"""


def test_a_text_left_over_missing_guessed_or_losing_a_value_is_named():
    gaps = list(gaps_between(polib.pofile(KEPT), polib.pofile(GATHERED)))

    assert gaps == [
        "'Log' is no longer used",
        "'New here' has no translation (pages.py:2)",
        "'Log' has no translation (pages.py:3)",
        "'Gone' is only a guess (pages.py:4)",
        "'%(name)s is back.' names other values (pages.py:5)",
    ]
