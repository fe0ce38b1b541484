"""What people fill in about contacts, links, signatures and documents."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, RowField, choose_from
from catalog.importers.files import UnusableFile
from slas.actions.documents import Document
from slas.actions.signing import MOST_DAYS
from slas.importers.documents import MOST_BYTES, read_document
from slas.models import Party, PartyContact
from slas.queries.agreement_paper import AgreementPaper
from slas.queries.signing import list_contacts


class ContactForm(forms.Form):
    """Somebody who may sign for a party."""

    name = forms.CharField(max_length=120)
    role = forms.CharField(max_length=120, help_text=_("For example “Account manager”."))
    email = forms.EmailField(label=_("E-mail"), help_text=_("One-time links are sent here."))


class AskForm(forms.Form):
    """Whom to ask for a signature, and until when."""

    contact = RowField(empty_label=_("Choose"), help_text=_("Who may sign for this party."))
    days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=14,
        help_text=_("For how many days the link can be used."),
    )

    def __init__(self, data: Any = None, *, party: Party) -> None:
        super().__init__(data)
        choose_from(self, "contact", list_contacts(party=party))


class SignForm(forms.Form):
    """Who signs, in which role."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    role = forms.CharField(label=_("Your role"), max_length=120)
    agrees = forms.BooleanField()

    def __init__(self, data: Any = None, *, paper: AgreementPaper, contact: PartyContact) -> None:
        super().__init__(data, initial={"name": contact.name, "role": contact.role})
        agrees, words = self.fields["agrees"], {"code": paper.code, "party": contact.party.name}
        agrees.label = _("I have read this text, check code %(code)s, and sign it for %(party)s.") % words
        agrees.error_messages["required"] = _("Tick the box to sign.")


class DocumentField(forms.FileField):
    """A PDF, PNG or JPEG, as a document that may be kept."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})

    def clean(self, data: Any, initial: Any = None) -> Document:
        """Read what was sent; what is wrong with it is said at the field."""
        file = super().clean(data, initial)
        try:
            return read_document(file.read(MOST_BYTES + 1), name=file.name)
        except UnusableFile as error:
            raise forms.ValidationError(str(error)) from error


class AnnexForm(forms.Form):
    """A document that becomes part of a draft."""

    document = DocumentField(help_text=_("PDF, PNG or JPEG, at most 10 MB."))


class SignedCopyForm(forms.Form):
    """The signed copy of a party without users: who signed, in which role, on which day."""

    name = forms.CharField(max_length=120, help_text=_("Who signed, as it stands on the copy."))
    role = forms.CharField(max_length=120, help_text=_("In which role, for example “Managing director”."))
    signed_on = DateField(label=_("Signed on"), help_text=_("The day that stands on the copy."))
    code = forms.CharField(
        label=_("Check code"),
        max_length=20,
        help_text=_("As it stands at the foot of each page of the copy, for example 7F3A-92C1."),
    )
    copy = DocumentField(label=_("Signed copy"), help_text=_("PDF, PNG or JPEG, at most 10 MB."))

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files)
        self.fields["signed_on"].widget.attrs["max"] = today.isoformat()
