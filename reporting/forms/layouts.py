"""What people fill in for the next version of a report agreement."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from portal.language.sentences import UNSEEN, unseen_words
from reporting.forms.reviews import words
from reporting.layout import (
    LANGUAGES,
    MOST_DAYS,
    NEVER_LEFT_OUT,
    SECTION_NAMES,
    SUBJECT_NAMES,
    Interpretation,
    Terms,
)

ABOUT = (
    *("audience", "language", "issue_working_day", "issues_itself", "is_checked", "answer_working_days"),
    *("comment_working_days", "asks_after_review", "asks_after_case", "felt_by_words"),
)
PLACE = {"min": 1, "max": len(SECTION_NAMES), "class": "form-control"}
DAYS = {"min": 1, "max": MOST_DAYS, "class": "form-control"}


def _place(name: str, *, is_needed: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=name,
        required=is_needed,
        min_value=1,
        max_value=len(SECTION_NAMES),
        widget=forms.NumberInput(attrs=PLACE),
        error_messages={"required": _("This section is never left out. Give it a place.")},
    )


def _days(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs=DAYS)
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS, widget=widget, **more)


class VersionForm(forms.Form):
    """Which version its reader had before them."""

    read = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class LayoutForm(forms.Form):
    """All terms of a version, beginning with `terms`; the clean data are those that were asked for, and the reason."""

    audience = forms.CharField(
        label=_("Who it is for"),
        max_length=200,
        required=False,
        help_text=_("It stands on the first page. For example: the heads of the order desk and of sales."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=list(LANGUAGES.items()),
        required=False,  # whoever sends none keeps that of the version before
        help_text=_("Its sentences, figures and headings; the words of a promise are those that you have agreed on."),
    )
    issue_working_day = _days(_("It comes by which working day of the month after"))
    answer_working_days = _days(_("Working days for the answer"))
    comment_working_days = _days(
        _("Working days for comments and questions"),
        required=False,
        help_text=_("Left empty, they are possible until the review is signed. Later ones go on the agenda."),
    )
    felt_by_words = forms.CharField(
        label=_("Who feels what the business counts"),
        max_length=60,
        help_text=_("“you” or “your customers”: the figure is called “As your customers felt it”."),
    )
    shows_budget = forms.BooleanField(label=_("The bar of what was allowed and what was used"), required=False)
    shows_experienced = forms.BooleanField(label=_("The time as agreed and as it was felt"), required=False)
    shows_events = forms.BooleanField(label=_("The events"), required=False)
    is_checked = forms.BooleanField(
        label=_("A second person of IT reads each review before it is issued"), required=False
    )
    issues_itself = forms.BooleanField(
        label=_("What nobody has issued by that day is issued on it by itself"),
        required=False,
        help_text=_(
            "Only what is complete, and read by a second person where that is agreed. Else IT is told why not."
        ),
    )
    asks_after_review = forms.BooleanField(
        label=_("The people of the unit are asked one question after each review"), required=False
    )
    asks_after_case = forms.BooleanField(
        label=_("And after a case that was solved for them"),
        required=False,
        help_text=_("Answered without names. At most one question after a case in 14 days."),
    )
    reason: Any = words(_("Why it changes"), required=False, longest=1000)
    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, terms: Terms, reason: str = "", newest: int = 0) -> None:
        super().__init__(data, initial=_initial(terms) | {"reason": reason, "read": newest})
        self._language = terms.language
        self.newest = newest  # shown again, the page has been read beside the one that came meanwhile
        for section, name in SECTION_NAMES.items():
            self.fields[f"place_{section}"] = _place(name, is_needed=section in NEVER_LEFT_OUT)
        for subject, name in SUBJECT_NAMES.items():
            self.fields[f"means_{subject}"] = _meaning(_("%(name)s means"), name)
            self.fields[f"not_{subject}"] = _meaning(_("%(name)s does not mean"), name)

    @property
    def places(self) -> list[forms.BoundField]:
        """The fields of the order of sections, in that order."""
        fields = [self[f"place_{section}"] for section in SECTION_NAMES]
        return sorted(fields, key=lambda field: int(field.initial or len(SECTION_NAMES) + 1))

    @property
    def shows(self) -> list[forms.BoundField]:
        """What stands beside a missed promise."""
        return [self[name] for name in ("shows_budget", "shows_experienced", "shows_events")]

    @property
    def about(self) -> list[forms.BoundField]:
        """For whom, and by when."""
        return [self[name] for name in ABOUT]

    @property
    def meanings(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """What each kind of figure means and does not mean."""
        return [(name, self[f"means_{subject}"], self[f"not_{subject}"]) for subject, name in SUBJECT_NAMES.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._refuse_unseen(data)
        self._check_places(data)
        interpretations = self._interpretations(data)
        if self.errors:
            return data
        placed = sorted((data[f"place_{each}"], str(each)) for each in SECTION_NAMES if data[f"place_{each}"])
        return {
            "reason": data["reason"],
            "read": data["read"],
            "terms": Terms(
                sections=tuple(section for _place, section in placed),
                interpretations=interpretations,
                **{name: data[name] for name in ("audience", "felt_by_words", "issue_working_day")},
                language=data["language"] or self._language,
                **{name: data[name] for name in ("answer_working_days", "shows_budget", "shows_experienced")},
                **{name: data[name] for name in ("shows_events", "is_checked", "issues_itself")},
                **{name: data[name] for name in ("comment_working_days", "asks_after_review", "asks_after_case")},
            ),
        }

    def _refuse_unseen(self, data: dict[str, Any]) -> None:
        """What is agreed and signed holds nothing that cannot be read."""
        for name, said in data.items():
            if isinstance(said, str) and (found := UNSEEN.search(" ".join(said.split()))):
                self.add_error(name, unseen_words(found[0]))

    def _check_places(self, data: dict[str, Any]) -> None:
        taken: dict[int, str] = {}
        for section, name in SECTION_NAMES.items():
            place = data.get(f"place_{section}")
            if place in taken:
                said = say("“%(name)s” has this place already. Give each section its own.") % {"name": taken[place]}
                self.add_error(f"place_{section}", said)
            elif place:
                taken[place] = name

    def _interpretations(self, data: dict[str, Any]) -> tuple[Interpretation, ...]:
        found = []
        for subject, name in SUBJECT_NAMES.items():
            means, means_not = _end(data.get(f"means_{subject}", "")), _end(data.get(f"not_{subject}", ""))
            if means and means_not:
                found.append(Interpretation(str(subject), means, means_not))
            elif means or means_not:
                missing = f"not_{subject}" if means else f"means_{subject}"
                said = say("Say both what “%(name)s” means and what it does not mean, or neither.") % {"name": name}
                self.add_error(missing, said)
        return tuple(found)


def _meaning(label: Any, name: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    return forms.CharField(label=str(label) % {"name": name}, max_length=300, required=False, widget=widget)


def _end(said: str) -> str:
    """The end of a sentence, whose full stop is put there where it is read."""
    return " ".join(said.split()).rstrip(".")


def _initial(terms: Terms) -> dict[str, Any]:
    said = {each.subject: each for each in terms.interpretations}
    return {
        "audience": terms.audience,
        "language": terms.language,
        "issue_working_day": terms.issue_working_day,
        "answer_working_days": terms.answer_working_days,
        "felt_by_words": terms.felt_by_words,
        "shows_budget": terms.shows_budget,
        "shows_experienced": terms.shows_experienced,
        "shows_events": terms.shows_events,
        "is_checked": terms.is_checked,
        "issues_itself": terms.issues_itself,
        "comment_working_days": terms.comment_working_days,
        "asks_after_review": terms.asks_after_review,
        "asks_after_case": terms.asks_after_case,
        **{f"place_{section}": place for place, section in enumerate(terms.sections, 1)},
        **{f"means_{subject}": each.means for subject, each in said.items()},
        **{f"not_{subject}": each.means_not for subject, each in said.items()},
    }
