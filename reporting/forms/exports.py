"""Which reviews an administrator takes away."""

from collections import Counter
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.language import dates
from portal.language.numbers import count
from reporting.models import Edition
from reporting.queries.reviews import list_issued_months, list_issued_units, list_newest_of

MOST_REVIEWS = 1_000  # as many as a worker looks up in the time that a task has, 0.1 s each


class ExportForm(forms.Form):
    """Months, and units if not all; valid with the editions that they name."""

    months = forms.MultipleChoiceField(label=gettext_lazy("Months"), widget=forms.CheckboxSelectMultiple)
    units: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        label=gettext_lazy("Business units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none to take all of them."),
    )
    with_evidence = forms.BooleanField(
        label=gettext_lazy("With the evidence of each review, as JSON"), required=False, initial=True
    )
    editions: list[Edition]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        months = [(f"{month:%Y-%m}", dates.month_year(month)) for month in list_issued_months()]
        self.fields["months"].choices = months  # type: ignore[attr-defined]
        self.fields["months"].initial = [value for value, _words in months[:1]]
        self.fields["units"].queryset = list_issued_units()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        months = [date.fromisoformat(f"{month}-01") for month in data["months"]]
        self.editions = list(list_newest_of(months=months, units=data["units"])[: MOST_REVIEWS + 1])
        if not self.editions:
            self.add_error("units", _("None of these units has a review of these months. Choose others."))
        if len(self.editions) > MOST_REVIEWS:
            self._explain(months, data["units"])
        return data

    def _explain(self, months: list[date], units: Any) -> None:
        """What does not fit into one file is said before any is made, with what each month has."""
        number = Counter(each.review.month for each in list_newest_of(months=months, units=units))
        named = ", ".join(f"{dates.month_year(month)} {count(number[month])}" for month in sorted(number))
        words = _(
            "One file takes %(most)s reviews, and these are %(all)s: %(named)s. Choose fewer months or units, and make"
            " one file after the other."
        )
        said = {"most": count(MOST_REVIEWS), "all": count(number.total()), "named": named}
        self.add_error("months", words % said)
