"""A file that is checked first and counts only when its bringer says yes to what it would do."""

import base64
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from slas.calculation.proof import canonical, digest_of

MOST_BYTES = 500_000


class CheckedFileForm(forms.Form):
    """A file, or the same file once more, carried by the page that shows what it would do.

    Nothing is kept between the two: what is sent again is checked again, against what is there by then, and counts only
    when it does what was shown.
    """

    file = forms.FileField(label=_("File"), required=False)
    again = forms.CharField(required=False, widget=forms.HiddenInput)

    content: bytes = b""

    def effect(self) -> Any:
        """What the file would do, as plain values: all that the page shows of it."""
        raise NotImplementedError

    @property
    def seen_code(self) -> str:
        """By which the page that carries the file says what was shown of it."""
        return digest_of(canonical([digest_of(self.content_again), self.effect()]))

    def confirm(self) -> bool:
        """Whether its bringer has seen what a file that is right does now, and says yes, rather than asking what it
        would do. Where something else was shown that is said, and what it would do now is shown.
        """
        if not self.data.get("again") or self.files.get("file") or "check" in self.data:
            return False
        if self.data.get("seen") == self.seen_code:
            return True
        words = _("Something that the file stands on has changed since. This is what it would do now: say yes to that.")
        self.add_error(None, words)
        return False

    @property
    def content_again(self) -> str:
        """The file as the page carries it."""
        return base64.b64encode(self.content).decode()

    def clean(self) -> dict[str, Any]:
        """A file of a size that can be checked while its bringer waits."""
        data = super().clean() or {}
        file, again = data.get("file"), data.get("again") or ""
        try:
            self.content = file.read(MOST_BYTES + 1) if file else base64.b64decode(again, validate=True)
        except ValueError:
            self.add_error("file", _("What was checked did not come back whole. Choose the file once more."))
            return data
        if not self.content and not self.errors:
            self.add_error("file", _("Choose the file."))
        if len(self.content) > MOST_BYTES:
            self.content = b""
            self.add_error("file", _("The file has more than 500 kB. Split it into parts."))
        return data
