import gettext
import shutil

import pytest
from django.core.management import call_command

from config.management.commands.check_translations import gaps_in

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


CODE = """
from django.utils.translation import gettext, ngettext

gettext("Gone quiet")
gettext("New here")
gettext("%(name)s is back.")
ngettext("%(days)d day", "%(days)d days", 2)
"""
KEPT = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Gone quiet"
msgstr "久未联系"

#, python-format
msgid "%(name)s is back."
msgstr "回来了。"

msgid "%(days)d day"
msgid_plural "%(days)d days"
msgstr[0] "%(days)d 天"

msgid "Said before"
msgstr "以前的话"
"""


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="gettext is not installed")
def test_a_text_missing_wrong_or_left_over_fails_the_check(tmp_path):
    folder = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(KEPT)
    (tmp_path / "pages.py").write_text(CODE)

    gaps = list(gaps_in(tmp_path, "zh_Hans"))

    assert gaps == [
        "  zh_Hans: 'Said before' is no longer used",
        "  zh_Hans: 'New here' has no translation (pages.py:5)",
        "  zh_Hans: '%(name)s is back.' names other values (pages.py:6)",
    ]
