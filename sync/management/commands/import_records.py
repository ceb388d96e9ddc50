"""Bring a file of any kind in from a terminal."""

from argparse import ArgumentParser
from typing import Any

from sync.imports.intakes import INTAKES
from sync.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Bring a file in: import_records TYPE FILE --as EMAIL [--mapping JSON] [--source NAME] [--dry-run]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record_type", choices=sorted(INTAKES), help="what the file lists")
        super().add_arguments(parser)

    def handle(self, record_type: str, **asked: Any) -> None:  # type: ignore[override]
        self.record_type = record_type  # type: ignore[misc]
        super().handle(**asked)
