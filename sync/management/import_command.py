"""A file brought in from a terminal: the same run as on the pages, done in this process and told in lines."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from records.jobs import perform
from sync.files.table import BadFile
from sync.forms.import_columns import OPTION, PLACE, ColumnsForm
from sync.imports import job, report
from sync.imports.receiving import read_anew, receive
from sync.models import ImportRow, ImportRun
from sync.models.import_run import JOB
from users.models import User

PIECE = 1024 * 1024
SHOWN = 20


class ImportCommand(BaseCommand):
    """Reads a file of `record_type`, says what would become of its rows and, unless it is a dry run, brings them in."""

    record_type: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, XLSX or vCard")
        parser.add_argument("--as", dest="author", required=True, metavar="EMAIL", help="in whose name and rights")
        parser.add_argument("--source", default="", help="the system whose keys the file has")
        parser.add_argument(
            "--mapping", type=Path, metavar="JSON", help='{"header": "column", …}; guessed from the headers without it'
        )
        parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--encoding", default="")
        parser.add_argument("--day-order", choices=["dmy", "mdy"], default="")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--refused", type=Path, metavar="CSV", help="where the refused rows are written to")

    def handle(self, file: Path, author: str, dry_run: bool, **asked: Any) -> None:
        mapping = mapping_in(asked["mapping"]) if asked["mapping"] else None
        if asked["refused"]:
            must_be_writable(asked["refused"])
        run = self.received(file, self.user(author), asked)
        form = self.matched(run, mapping, asked)
        run.dry_run(form.targets(), source=form.cleaned_data["source"], reading=form.reading(), options=form.options())
        run = self.worked(run)
        if not dry_run and run.to_bring_in:
            run.apply()
            run = self.worked(run)
        self.tell(run)
        if asked["refused"]:
            asked["refused"].write_bytes(b"".join(report.as_csv(run, ImportRow.objects.of(run).refused())))

    def user(self, email: str) -> User:
        user = User.objects.present().filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        return user

    def received(self, path: Path, author: User, asked: dict[str, Any]) -> ImportRun:
        try:
            with path.open("rb") as file:
                run = receive(iter(lambda: file.read(PIECE), b""), path.name, self.record_type, by=author)
            reading = {name: asked[name] for name in ("sheet", "encoding", "day_order") if asked[name]}
            if reading:
                read_anew(run, reading)
        except (BadFile, OSError) as bad:
            raise CommandError(str(bad)) from bad
        return run

    def matched(self, run: ImportRun, mapping: dict[str, str] | None, asked: dict[str, Any]) -> ColumnsForm:
        """What the page of columns would have been sent."""
        targets = run.targets if mapping is None else self.targets(run, mapping)
        said = {"source": asked["source"] or run.source, "day_order": run.reading.get("day_order", "")}
        said |= {f"{PLACE}{place}": target for place, target in enumerate(targets)}
        blank = ColumnsForm(run=run)
        said |= {field.html_name: field.initial or "" for field in blank.asked_fields()}
        said |= {f"{OPTION}{name}": value for name, _sign, value in (each.partition("=") for each in asked["option"])}
        form = ColumnsForm(said, run=run)
        if not form.is_valid():
            raise CommandError(" ".join(str(error) for errors in form.errors.values() for error in errors))
        return form

    def targets(self, run: ImportRun, mapping: dict[str, str]) -> list[str]:
        if unknown := sorted(mapping.keys() - set(run.headers)):
            raise CommandError(f"The file has no column {', '.join(unknown)}; it has {', '.join(run.headers)}.")
        return [mapping.get(header, "") for header in run.headers]

    def worked(self, run: ImportRun) -> ImportRun:
        """Do here what a worker would do; one that picks the run up after a crash goes on with it."""
        perform(JOB, run.slot, job.work)
        run = ImportRun.objects.get(pk=run.pk)
        if run.problem:
            raise CommandError(run.problem)
        return run

    def tell(self, run: ImportRun) -> None:
        numbers = ", ".join(f"{run.tally[act]} {label}" for act, label in ImportRow.Act.choices)
        self.stdout.write(f"{run.file_name}: {run.get_state_display()}; {numbers}")
        concerned = ImportRow.objects.of(run).filter(concern__gt=0).order_by("number")
        for row in concerned[:SHOWN]:
            self.stdout.write(f"  {row.number}: {report.in_one_line(run, row)}")
        if (beyond := concerned.count() - SHOWN) > 0:
            self.stdout.write(f"  … and {beyond} more")


def mapping_in(path: Path) -> dict[str, str]:
    """The columns by the headers of a JSON file."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as bad:
        raise CommandError(f"The mapping cannot be read: {bad}") from bad
    if not isinstance(mapping, dict) or not all(isinstance(column, str) for column in mapping.values()):
        raise CommandError('The mapping is to be {"header": "column", …}.')
    return mapping


def must_be_writable(path: Path) -> None:
    """Said before anything is brought in, not after."""
    try:
        path.open("ab").close()
    except OSError as bad:
        raise CommandError(str(bad)) from bad
