"""Files that are sent: one that is too large, or comes from nobody, is thrown away while it arrives."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class NothingTooLarge(FileUploadHandler):
    """First of the handlers: what it skips costs no room on the disk."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        self.is_too_large = content_length > settings.LARGEST_UPLOAD

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        is_nobody = self.request is not None and settings.SESSION_COOKIE_NAME not in self.request.COOKIES
        if self.is_too_large or is_nobody:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(request: HttpRequest) -> bool:
    """Whether a file was thrown away for its size."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > settings.LARGEST_UPLOAD
