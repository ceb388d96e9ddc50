"""Static files in production: hashed names, compressed, modules that import by hash, and one stylesheet.

Nothing is built in development: there the browser follows the same imports itself.
"""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/two-eyes.css"
IMPORT = re.compile(r'^@import "(?P<name>[\w-]+\.css)";$', re.MULTILINE)


class Storage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with the stylesheet's imports laid into it, so that a first page asks for one file."""

    # Imports are followed in our own modules only: a package's comment may look like the import of a missing file.
    _, imports = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", imports))

    def post_process(self, paths, dry_run=False, **options):
        if STYLESHEET in paths and not dry_run:
            source, name = paths[STYLESHEET]
            self.join_stylesheet(source, name)
            paths[STYLESHEET] = (self, STYLESHEET)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def join_stylesheet(self, source: Any, name: str) -> None:
        """From its source: what was collected before is joined already, perhaps with older parts."""
        with source.open(name) as file:
            joined = IMPORT.sub(self.imported, file.read().decode())
        self.delete(STYLESHEET)
        self._save(STYLESHEET, ContentFile(joined.encode()))

    def imported(self, match: re.Match) -> str:
        with self.open(f"css/{match['name']}") as file:
            return file.read().decode()
