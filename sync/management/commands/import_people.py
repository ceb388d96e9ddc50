"""Bring people in from a terminal."""

from sync.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Bring people in: import_people FILE --as EMAIL [--mapping JSON] [--source NAME] [--dry-run]"
    record_type = "people"
