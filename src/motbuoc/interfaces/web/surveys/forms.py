"""Forms of surveys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.surveys.building import LEAST_POINTS, MOST_POINTS, Asking
from motbuoc.domains.surveys.models import LANGUAGES, TRANSLATED, Survey, SurveyQuestion
from motbuoc.domains.surveys.services import SurveyPlan
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm

Kind = SurveyQuestion.Kind
MOST_LABELS = 300  # that are printed from one page
LINE_END = SafeString("<br>")
Choices = Iterable[tuple[Any, Any]]
CONSENT = _("I answer of my own will and agree that my answers are counted together with those of others.")


class SurveyForm(Form):
    """What a survey is about."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    title = forms.CharField(label=_("Title of the survey"), max_length=300)
    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    purpose = forms.CharField(
        label=_("What the answers are for"),
        max_length=500,
        help_text=_("Whoever answers reads it: what will be decided with the results."),
    )
    basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        required=False,
        help_text=_("The paper and its article on which the survey rests."),
    )
    consent = forms.CharField(
        label=_("What whoever answers agrees to"),
        max_length=500,
        initial=CONSENT,
        widget=forms.Textarea({"rows": 2}),
    )
    opens_on = DayField(label=_("First day"), initial=clock.today)
    closes_on = DayField(label=_("Last day"))
    way = forms.ChoiceField(
        label=_("Who may answer"),
        choices=Survey.Way.choices,
        widget=forms.RadioSelect,
        initial=Survey.Way.OPEN,
        help_text=_("With codes everybody answers once. Nothing ties a code to its answers."),
    )
    population = forms.IntegerField(
        label=_("How many people are asked"),
        required=False,
        min_value=1,
        max_value=100_000_000,
        help_text=_("The share of answers is counted on it. With codes it is the number of these."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages beside Vietnamese"),
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(units)

    def plan(self) -> SurveyPlan:
        """What the service wants."""
        found = {name: self.cleaned_data[name] for name in SurveyPlan.__dataclass_fields__}
        return SurveyPlan(**found | {"languages": tuple(found["languages"])})


class SurveyChangeForm(SurveyForm, VersionedForm):
    """What a survey that is there already is about."""


def begun(survey: Survey) -> dict[str, Any]:
    """What a form shows of a survey."""
    names = (*SurveyPlan.__dataclass_fields__, "version")
    return {"unit": survey.unit_id} | {name: getattr(survey, name) for name in names}


LINES = {
    Kind.SINGLE: _("The choices, one in a line"),
    Kind.MULTIPLE: _("The choices, one in a line"),
    Kind.RANKING: _("What is put in order, one in a line"),
    Kind.MATRIX: _("The answers, one in a line: they are the columns"),
    Kind.SCALE: _("The words of the lowest and the highest point, one in a line"),
}
OF_KIND = {
    "options": {*LINES},
    "rows": {Kind.MATRIX},
    "points": {Kind.SCALE},
    "is_group": {Kind.SINGLE},
    "targets": {Kind.SINGLE},
}
"""Fields that only some kinds of questions have."""


class QuestionForm(VersionedForm):
    """A question as it is wanted; what its kind does not have is left out."""

    text = forms.CharField(label=_("The question"), max_length=500, widget=forms.Textarea({"rows": 2}))
    points = forms.IntegerField(
        label=_("Points of the scale"), min_value=LEAST_POINTS, max_value=MOST_POINTS, initial=5
    )
    options = forms.CharField(max_length=14_000, widget=forms.Textarea({"rows": 6}))
    rows = forms.CharField(
        label=_("The rows, one in a line"), max_length=7_000, widget=forms.Textarea({"rows": 5})
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False, initial=True)
    is_group = forms.BooleanField(
        label=_("It asks what group somebody is of"),
        required=False,
        help_text=_(
            "For the share of answers of each group. Ask only for large groups: small ones are never shown."
        ),
    )
    targets = forms.CharField(
        label=_("How many are wanted of each group"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One in a line: the words of the choice, a colon, the number. For example: Công nhân: 120"),
    )
    condition = forms.MultipleChoiceField(
        label=_("Only if one of these was answered before"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Answers of one earlier question. Nothing chosen: it is asked of all."),
    )

    def __init__(self, *args: Any, kind: str, earlier: Sequence[SurveyQuestion], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, kinds in OF_KIND.items():
            if kind not in kinds:
                del self.fields[name]
        if "options" in self.fields:
            self.fields["options"].label = LINES[Kind(kind)]
            self.fields["options"].required = kind != Kind.SCALE
        field = self.fields["condition"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.text, _answers_of(one)) for one in earlier]
        if not earlier:
            del self.fields["condition"]

    def clean_targets(self) -> dict[str, int]:
        """How many are wanted, by the words of a choice."""
        found = {}
        lines = _lines(self.cleaned_data.get("options", ""))
        for line in _lines(self.cleaned_data["targets"]):
            words, _colon, count = line.rpartition(":")
            if words.strip() not in lines or not count.strip().isdecimal() or len(count.strip()) > 9:
                raise ValidationError(
                    say("“%(line)s” is not a choice of above, a colon and a number."), "x", {"line": line}
                )
            found[words.strip()] = int(count)
        return found

    def clean_condition(self) -> tuple[int, list[str]] | None:
        """The earlier question, and the keys of its answers."""
        chosen = [value.split(":", 1) for value in self.cleaned_data["condition"]]
        if len({question for question, _key in chosen}) > 1:
            raise ValidationError(say("Choose answers of one earlier question."))
        return (int(chosen[0][0]), [key for _question, key in chosen]) if chosen else None

    def asking(self) -> Asking:
        """What the service wants."""
        found = self.cleaned_data
        earlier, keys = found.get("condition") or (None, [])
        return Asking(
            found["text"],
            _lines(found.get("options", "")),
            _lines(found.get("rows", "")),
            points=found.get("points", 5),
            is_required=found["is_required"],
            is_group=found.get("is_group", False),
            targets=found.get("targets") or {},
            shown_if=earlier,
            shown_for=keys,
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _answers_of(question: SurveyQuestion) -> list[tuple[str, str]]:
    return [(f"{question.pk}:{key}", words or key) for key, words in question.options]


def asked_so(question: SurveyQuestion) -> dict[str, Any]:
    """What a form shows of a question."""
    words = dict(question.options)
    return {
        "text": question.text,
        "points": len(question.options) or 5,
        "options": "\n".join(line for line in words.values() if line),
        "rows": "\n".join(line for _key, line in question.rows),
        "is_required": question.is_required,
        "is_group": question.is_group,
        "targets": "\n".join(f"{words[key]}: {count}" for key, count in question.targets.items()),
        "condition": [f"{question.shown_if_id}:{key}" for key in question.shown_for],
    }


class TranslationForm(VersionedForm):
    """A survey and its questions in another language; what is empty is shown in Vietnamese."""

    def __init__(
        self, *args: Any, survey: Survey, questions: Sequence[SurveyQuestion], language: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        labels = {name: SurveyForm.base_fields[name].label for name in TRANSLATED}
        there = survey.words.get(language, {})
        for name in TRANSLATED:
            if words := getattr(survey, name):
                self._offer(name, labels[name], words, there.get(name, ""), 4000)
        for question in questions:
            told = question.words.get(language, {})
            self._offer(f"text_{question.pk}", _("The question"), question.text, told.get("text", ""), 500)
            for name, pairs in (("options", question.options), ("rows", question.rows)):
                lines = "\n".join(words for _key, words in pairs if words)
                if lines:
                    have = told.get(name, {})
                    given = "\n".join(have.get(key, "") for key, words in pairs if words)
                    label = _("Its choices") if name == "options" else _("Its rows")
                    self._offer(f"{name}_{question.pk}", label, lines, given.strip(), 14_000)
        self.questions = questions

    def _offer(self, name: str, label: Any, words: str, initial: str, most: int) -> None:
        rows = max(2, words.count("\n") + 1)
        self.fields[name] = forms.CharField(
            label=label,
            required=False,
            initial=initial,
            max_length=most,
            help_text=format_html_join(LINE_END, "{}", ((line,) for line in words.splitlines())),
            widget=forms.Textarea({"rows": rows}),
        )

    def of_survey(self) -> dict[str, str]:
        """The words of the survey itself."""
        return {name: self.cleaned_data.get(name, "") for name in TRANSLATED}

    def of_questions(self) -> dict[int, dict[str, Any]]:
        """The words of each question."""
        return {
            question.pk: {
                "text": self.cleaned_data.get(f"text_{question.pk}", ""),
                "options": _lines(self.cleaned_data.get(f"options_{question.pk}", "")),
                "rows": _lines(self.cleaned_data.get(f"rows_{question.pk}", "")),
            }
            for question in self.questions
        }


class TokensForm(VersionedForm):
    """How many codes are made, and how they are handed out."""

    count = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=5_000)
    kind = forms.ChoiceField(
        label=_("How they are handed out"),
        choices=[("labels", _("Labels to be printed and cut")), ("csv", _("A file for a printing house"))],
        widget=forms.RadioSelect,
        initial="labels",
    )

    def clean(self) -> dict[str, Any]:
        """Labels with square codes are a heavy page."""
        found = super().clean() or {}
        if found.get("kind") == "labels" and found.get("count", 0) > MOST_LABELS:
            self.add_error(
                "count", say("At most %(most)s labels at once; take the file for more.") % {"most": MOST_LABELS}
            )
        return found
