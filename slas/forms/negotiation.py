"""What people fill in while they negotiate a version clause by clause."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, RowField, choose_from
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_own_units_in_use
from portal.conversations.forms import text_field
from slas.forms.agreements import ScopeForm
from slas.forms.fields import FirstDayField
from slas.models import Agreement, AgreementScope, Party
from slas.queries.clause_changes import Coverage

EMPTY_LINES, MOST_LINES = 2, 200


class WhyForm(forms.Form):
    """Why a clause should read otherwise, and for whom one speaks where that is not plain."""

    party = forms.ChoiceField(label=_("You propose it for"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the other side should know, for example “An hour at 05:00 costs us ten times as much”."),
    )

    def __init__(self, data: Any = None, *, sides: Sequence[Party], known: Mapping[str, str] | None = None) -> None:
        """`known` is what was filled in already on a page that is not sent yet."""
        given = {name: (known or {}).get(f"why-{name}", "") for name in self.base_fields}
        super().__init__(data, prefix="why", initial=given)
        self.sides = {str(party.pk): party for party in sides}
        if len(self.sides) == 1:
            del self.fields["party"]
        else:
            choices = [(pk, party.name) for pk, party in self.sides.items()]
            self.fields["party"].choices = choices  # type: ignore[attr-defined]

    def filled(self) -> dict[str, Any]:
        """Who proposes it, and why."""
        only = next(iter(self.sides))
        return {"party": self.sides[self.cleaned_data.get("party", only)], "reason": self.cleaned_data["reason"]}


class TermsForm(forms.Form):
    """What of the terms is negotiated: from when, until when and how fast questions are answered, or notice, renewal
    and review.
    """

    starts_on = FirstDayField(label=_("In force from"))
    ends_on = DateField(
        label=_("In force until"), required=False, help_text=_("The first day on which it no longer holds.")
    )
    answer_working_days = forms.IntegerField(label=_("Working days for an answer"), min_value=1, max_value=60)
    notice_days = forms.IntegerField(
        label=_("Days of notice before its end"), min_value=1, max_value=730, required=False
    )
    renews_months = forms.IntegerField(
        label=_("Without notice it goes on for, months"), min_value=1, max_value=120, required=False
    )
    review_months = forms.IntegerField(
        label=_("Both sides look at it together every, months"), min_value=1, max_value=60, required=False
    )

    def __init__(self, data: Any = None, *, agreement: Agreement, names: Sequence[str]) -> None:
        self.agreement = agreement
        super().__init__(data, initial={name: getattr(agreement, name) for name in names})
        self.fields = {name: self.fields[name] for name in names}

    def filled(self) -> Agreement:
        """The terms as they were filled in, not written."""
        for name, value in self.cleaned_data.items():
            setattr(self.agreement, name, value)
        return self.agreement


class LineForm(ScopeForm):
    """One line of what is covered; one without a service is left out."""

    service = RowField(empty_label=_("None"), required=False)

    def __init__(self, *args: Any, line: AgreementScope, reader: Membership, today: date, **kwargs: Any) -> None:
        kwargs["empty_permitted"] = False  # each line counts as it was sent, changed or not
        super().__init__(*args, line=line, today=today, **kwargs)
        own = Q(pk__in=list_own_units_in_use(reader=reader, on=today))
        stays = Q(pk=line.business_unit_id)  # what is covered for others too is read, and can stay
        choose_from(self, "business_unit", BusinessUnit.objects.filter(own | stays).order_by("name"))


class LineForms(forms.BaseFormSet):
    """All that a version covers, with some empty lines for more."""

    def __init__(self, data: Any, *, coverage: Coverage, reader: Membership, today: date) -> None:
        self.coverage, self.said = coverage, {"reader": reader, "today": today}
        initial: list[Any] | None = None if data else [{} for _line in coverage.lines]  # what was sent is what counts
        super().__init__(data, initial=initial, prefix="lines")

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The line that a form begins with; an empty one is for the customer's own unit."""
        lines, agreement = self.coverage.lines, self.coverage.agreement
        if index is not None and index < len(lines):
            return self.said | {"line": lines[index]}
        return self.said | {"line": AgreementScope(agreement=agreement, business_unit=agreement.customer.business_unit)}

    def filled(self) -> Coverage:
        """The lines as they were filled in, not written."""
        lines = tuple(form.filled() for form in self.forms if form.cleaned_data["service"])
        return Coverage(self.coverage.agreement, lines)


def line_forms(data: Any, *, coverage: Coverage, reader: Membership, today: date) -> LineForms:
    """The lines of what a version covers, to be changed, left empty or added to."""
    kind: Any = forms.formset_factory(
        LineForm, formset=LineForms, extra=EMPTY_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES
    )
    made: LineForms = kind(data, coverage=coverage, reader=reader, today=today)
    return made


class AnswerForm(forms.Form):
    """Why a proposal is declined."""

    answer = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The clause stays as it is. Say what stands against the proposal."),
    )


class ClausesForm(forms.Form):
    """Which clauses a side says yes to, each with the fingerprint of what was read: `terms 9f86d081…`."""

    read = forms.Field(widget=forms.MultipleHiddenInput)

    def __init__(self, data: Any, *, sides: Sequence[Party]) -> None:
        super().__init__(data)
        parties = {str(party.pk): party for party in sides}
        self.fields["party"] = forms.TypedChoiceField(
            choices=[(pk, party.name) for pk, party in parties.items()], coerce=parties.__getitem__
        )

    def clean_read(self) -> dict[str, str]:
        """The fingerprint of each clause by its key; what has none names no words."""
        pairs = (each.partition(" ") for each in self.cleaned_data["read"])
        return {key: fingerprint for key, _space, fingerprint in pairs}


class ClauseTalkForm(forms.Form):
    """What is said beside a clause."""

    text = text_field(_("What you want to say"))
