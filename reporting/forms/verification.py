"""A file that somebody compares with an edition: read for its fingerprint as it comes in, and never kept."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 20 * 1024 * 1024
AROUND = 64 * 1024  # what a form sends besides its file


class HashedFile(UploadedFile):
    """A file of which only its fingerprint is left."""

    def __init__(self, *, name: str | None, size: int, fingerprint: str) -> None:
        super().__init__(file=BytesIO(), name=name, size=size)
        self.sha256 = fingerprint


class OnlyHashed(FileUploadHandler):
    """Takes the SHA-256 of what is sent, piece by piece; no piece is kept in memory or on disk.

    Of a file that is too large nothing more is read, and `is_too_large` says so.
    """

    is_too_large = False
    announced = 0

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *rest: Any) -> None:
        """Remember how much is announced."""
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins. Raises StopUpload when more is announced than will be read."""
        super().new_file(*args, **kwargs)
        self.hash = sha256()
        self._stop_at(self.announced - AROUND)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Raises StopUpload when it is too much."""
        self._stop_at(start + len(raw_data))
        self.hash.update(raw_data)

    def file_complete(self, file_size: int) -> HashedFile:
        """What the form is given."""
        return HashedFile(name=self.file_name, size=file_size, fingerprint=self.hash.hexdigest())

    def _stop_at(self, size: int) -> None:
        if size > MOST_BYTES:
            self.is_too_large = True
            raise StopUpload(connection_reset=True)


class FingerprintForm(forms.Form):
    """A fingerprint that was taken elsewhere: by the script of the page, or by a program of one's own."""

    sha256 = forms.CharField(
        label=_("SHA-256 of your file"),
        strip=True,
        validators=[RegexValidator("^[0-9a-fA-F]{64}$", _("A SHA-256 has 64 signs, 0 to 9 and a to f."))],
    )


class FileForm(forms.Form):
    """The file itself, where no script takes its fingerprint in the browser."""

    too_large = _("This is more than 20 MB: no file of a review is so large.")

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("The PDF as you received it: saved or printed anew it is another file. At most 20 MB."),
    )
