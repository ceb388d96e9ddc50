"""Fail when a text of the product has no translation, or one that is only a guess (needs gettext)."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

NOT_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "var", "tests", "benchmarks", "docs", "launch")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, **options):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "source"
            shutil.copytree(settings.BASE_DIR, copy, ignore=NOT_SOURCE)
            gaps = [gap for language in translated_languages() for gap in gaps_in(copy, to_locale(language))]
        if gaps:
            raise CommandError("\n".join(["Not translated:", *gaps]))
        self.stdout.write("Every text is translated.")


def translated_languages() -> list[str]:
    """English is the text in the source itself."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def gaps_in(source: Path, locale: str) -> Iterator[str]:
    """Gather the texts anew into a copy of the .po, and name those left empty or fuzzy."""
    catalogue = source / "locale" / locale / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    with chdir(source):
        call_command("makemessages", locale=[locale], no_obsolete=True, verbosity=0)
    for entry in polib.pofile(str(catalogue)):
        if entry.fuzzy or not entry.translated():
            where = ", ".join(f"{path}:{line}" for path, line in entry.occurrences)
            yield f"  {locale}: {entry.msgid!r} ({where})"
