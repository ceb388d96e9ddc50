"""Fail when a text has no translation, only a guess, one without its values, or one nobody needs (needs gettext)."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

NOT_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "var", "tests", "benchmarks", "docs", "launch")
VALUE = re.compile(r"%\(\w+\)[sd]|%[sd]")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, **options):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "source"
            shutil.copytree(settings.BASE_DIR, copy, ignore=NOT_SOURCE)
            gaps = [gap for language in translated_languages() for gap in gaps_in(copy, to_locale(language))]
        if gaps:
            raise CommandError("\n".join(["Mend these, after `make messages`:", *gaps]))
        self.stdout.write("Every text is translated.")


def translated_languages() -> list[str]:
    """English is the text in the source itself."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def gaps_in(source: Path, locale: str) -> list[str]:
    """Gather the texts anew into a copy of the .po, and compare."""
    catalogue = source / "locale" / locale / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    before = polib.pofile(str(catalogue)) if catalogue.exists() else []
    with chdir(source):
        call_command("makemessages", locale=[locale], no_obsolete=True, verbosity=0)
    return [f"  {locale}: {gap}" for gap in gaps_between(before, polib.pofile(str(catalogue)))]


def gaps_between(kept: Iterable[polib.POEntry], gathered: Iterable[polib.POEntry]) -> Iterator[str]:
    """What the catalogue holds in vain, and what the product says without it."""
    needed = {key(entry): entry for entry in gathered}
    for entry in kept:
        if entry.obsolete or key(entry) not in needed:
            yield f"{entry.msgid!r} is no longer used"
    for entry in needed.values():
        if wrong := what_is_wrong(entry):
            where = ", ".join(f"{path}:{line}" for path, line in entry.occurrences)
            yield f"{entry.msgid!r} {wrong} ({where})"


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    """One text may have several meanings."""
    return entry.msgctxt, entry.msgid


def what_is_wrong(entry: polib.POEntry) -> str:
    """In words, or nothing."""
    if entry.fuzzy:
        return "is only a guess"
    if not entry.translated():
        return "has no translation"
    values = set(VALUE.findall(entry.msgid_plural or entry.msgid))
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return "" if all(set(VALUE.findall(text)) == values for text in texts) else "names other values"
