"""What people fill in around a review."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.models import BusinessProcess
from portal.accounts.queries import units_in_use
from portal.conversations.rendering import LONGEST
from reporting.models import ContextKind
from reporting.queries.plain_words import OpenPlace, WordsReason, told_words, words_hash
from reporting.queries.reviews import why_no_draft

MONTH = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def words(label: Any, *, required: bool = True, rows: int = 3, longest: int = LONGEST) -> forms.CharField:
    """What is said, in one small box."""
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def local_moment(label: Any, *, help_text: Any = "") -> forms.DateTimeField:
    """A date and a time of the place of the tenant."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget, help_text=help_text)


class TalkForm(forms.Form):
    """A question, a comment or a reply."""

    text = words(_("What you want to say"))


class PlaceSelect(forms.Select):
    """A choice among hundreds of places, letter by letter as Django's templates write it: they took a third
    of the time of a whole review.
    """

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The element with its options; they stand in no groups."""
        widget = self.get_context(name, value, attrs)["widget"]
        options = (option for _group, within, _index in widget["optgroups"] for option in within)
        written = format_html_join(
            "",
            '\n  <option value="{}"{}>{}</option>\n',
            ((option["value"], _attributes(option["attrs"]), option["label"]) for option in options),
        )
        return format_html('<select name="{}"{}>{}\n</select>', name, _attributes(widget["attrs"]), written)


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    said = [(name, value) for name, value in attrs.items() if value is not False]
    return format_html_join("", "{}", ((_attribute(name, value),) for name, value in said))


def _attribute(name: str, value: Any) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


class CommentForm(TalkForm):
    """A comment on a place of the page."""

    anchor: Any = forms.ChoiceField(label=_("About"), widget=PlaceSelect)
    is_question = forms.BooleanField(label=_("This is a question, and IT answers it"), required=False)

    field_order = ("anchor", "text", "is_question")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = places  # type: ignore[attr-defined]


class DisputeForm(forms.Form):
    """What is wrong with a figure, and the time that the reader counts."""

    reason = words(_("What is wrong"))
    claimed_from = local_moment(_("From, if time is missing"), help_text=_("Counted by the same rules as our figure."))
    claimed_until = local_moment(_("To"))

    def __init__(self, *args: Any, time_zone: str, takes_time: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(time_zone)
        if not takes_time:
            del self.fields["claimed_from"], self.fields["claimed_until"]

    def clean_claimed_from(self) -> datetime | None:
        return self._in_place("claimed_from")

    def clean_claimed_until(self) -> datetime | None:
        return self._in_place("claimed_until")

    def _in_place(self, name: str) -> datetime | None:
        """The time as the clocks of the place show it; the browser sends no zone."""
        at: datetime | None = self.cleaned_data[name]
        return at.replace(tzinfo=self._zone) if at else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("claimed_from"), data.get("claimed_until")
        if start and end and end <= start:
            self.add_error("claimed_until", _("The time must end after it starts."))
        return data


class DisputeAnswerForm(forms.Form):
    """IT agrees or explains."""

    is_agreed: Any = forms.TypedChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, count it")), ("no", _("No, as explained below"))],
        coerce=lambda value: value == "yes",
    )
    text = words(_("Why"))


class SettleForm(forms.Form):
    """The reader says why the answer does not settle it."""

    text = words(_("What is still open"))


class SentenceForm(forms.Form):
    """One sentence of the working review; figures are named in braces."""

    text = forms.CharField(
        label=_("Sentence"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class RewordForm(SentenceForm):
    """A sentence as it stands in its box, and the place at which the plain phrase is put (`12:pods`)."""

    at = forms.CharField(max_length=300, strip=False, widget=forms.HiddenInput)


class AsShown(forms.HiddenInput):
    """What the page shows now, whatever was sent before."""

    shown = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The element with what is shown."""
        return super().get_context(name, self.shown, attrs)


class WordsForm(forms.Form):
    """Why words stay that readers may not know; the reason speaks of the words that the page shows."""

    words_reason = forms.CharField(
        label=_("Why these words stay"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is printed in the appendix of the edition, with your name and the words."),
    )
    words_read = forms.CharField(max_length=64, required=False, widget=AsShown)

    def __init__(self, *args: Any, places: Sequence[OpenPlace] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show(places)

    def show(self, places: Sequence[OpenPlace]) -> None:
        """These words stand on the page."""
        self.places = places
        self.fields["words_read"].widget.shown = words_hash(place.kept for place in places)

    def clean(self) -> dict[str, Any]:
        """The reason with what its writer has seen, as one value."""
        data = super().clean() or {}
        reason, read = data.pop("words_reason", ""), data.pop("words_read", "")
        return data | {"words": WordsReason(reason, read)}


class ReasonForm(WordsForm):
    """Why an edition is corrected, and why words stay where there are any."""

    reason = forms.CharField(label=_("What is different, and why"), max_length=1000)

    field_order = ("reason", "words_reason", "words_read")

    def show(self, places: Sequence[OpenPlace]) -> None:
        """Without a list of its own, the page names the words beside the box; where there are none, there is no box."""
        super().show(places)
        field, base = self.fields["words_reason"], WordsForm.base_fields["words_reason"]
        field.widget = deepcopy(base.widget) if places else forms.HiddenInput()
        field.help_text = f"{told_words(place.kept for place in places)}. {base.help_text}"


class ReservationsForm(forms.Form):
    """What the head does not agree with, and signs all the same."""

    reservations = words(_("Your reservations"), longest=2000)


class CheckForm(forms.Form):
    """What a second person found in a draft; `read` is the fingerprint of the page that they have read."""

    is_passed: Any = forms.TypedChoiceField(
        choices=[("yes", _("It can be issued")), ("no", _("Send it back"))], coerce=lambda value: value == "yes"
    )
    read = forms.CharField(max_length=64)
    note = words(_("What must be better first"), required=False, longest=2000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_passed") is False and not data.get("note"):
            self.add_error("note", _("Say what must be better first."))
        return data


class MeetingForm(forms.Form):
    """When both sides go through the review."""

    meeting_at = local_moment(_("Review meeting"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=240, initial=45)

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(time_zone)

    def clean_meeting_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["meeting_at"]
        return at.replace(tzinfo=self._zone) if at else None


class DraftForm(forms.Form):
    """Which review to draft."""

    unit: Any = forms.ModelChoiceField(queryset=None, to_field_name="slug", label=_("Business unit"))
    month = forms.DateField(label=_("Month"), widget=MONTH, input_formats=["%Y-%m"])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["unit"].queryset = units_in_use(on=today)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A review that the workers can draft."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("unit") and data.get("month"):
            refusal = why_no_draft(unit=data["unit"], month=data["month"], today=self.today)
            if refusal:
                self.add_error("month", refusal)
        return data


class FollowUpForm(forms.Form):
    """What, who, by when."""

    text = forms.CharField(label=_("What was agreed"), max_length=300)
    owner: Any = forms.ModelChoiceField(queryset=None, label=_("Who"))
    due_on = forms.DateField(label=_("By"), widget=DAY)

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda owner: owner.user.name  # type: ignore[attr-defined]


class FollowUpEditForm(FollowUpForm):
    """The same said otherwise; `read` is the fingerprint of what its writer has read."""

    state_words = forms.CharField(
        label=_("How it stands"), max_length=80, required=False, help_text=_("For example “ordered”; empty means open.")
    )
    read = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ContextAskForm(forms.Form):
    """What IT needs to know from a unit, why and by when."""

    business_unit: Any = forms.ModelChoiceField(queryset=None, label=_("Whom you ask"), to_field_name="slug")
    title = forms.CharField(label=_("What it is about"), max_length=120)
    question = words(_("Your question"), longest=500)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=300, help_text=_("For example “so that capacity can be ordered”.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ContextKind.choices, initial=ContextKind.OTHER, required=False)
    poorer = forms.CharField(
        label=_("What is poorer until you know"),
        max_length=300,
        required=False,
        help_text=_("Said where it is missing. Left empty, it is said in the usual words for its kind."),
    )
    service: Any = forms.ModelChoiceField(queryset=None, label=_("Service"), required=False)
    process: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Process"),
        required=False,
        help_text=_("A process of that unit. What it fills in there answers you."),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=DAY)

    def __init__(
        self, data: Any = None, *, units: Any, services: Any, processes: Any, today: date, initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]
        self.fields["business_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["service"].queryset = services.order_by("name")  # type: ignore[attr-defined]
        self._today = today

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or ContextKind.OTHER

    def clean_process(self) -> BusinessProcess | None:
        process: BusinessProcess | None = self.cleaned_data["process"]
        unit = self.cleaned_data.get("business_unit")
        if process and unit and process.business_unit_id != unit.pk:
            raise forms.ValidationError(_("That is a process of another unit. Choose one of the unit that you ask."))
        return process

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on <= self._today:
            raise forms.ValidationError(_("Choose a day to come, so that there is time to answer."))
        return due_on


class ContextAnswerForm(forms.Form):
    """What the business knows and IT asked for."""

    answer = words(_("Your answer"), rows=5)


class ImprovementForm(forms.Form):
    """What could be better, and what the reader would notice."""

    title = forms.CharField(label=_("What could be better"), max_length=200)
    notice = forms.CharField(label=_("What you would notice"), max_length=300, required=False)
