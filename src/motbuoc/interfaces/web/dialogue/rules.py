"""The pages of the rules by which dialogues are held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.dialogue import services
from motbuoc.domains.dialogue.selectors import asked_on, rules_for, rules_kept_by, units_to_hold_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.web.dialogue.dialogues import crumbs_of
from motbuoc.interfaces.web.dialogue.forms import RuleChangeForm, RuleForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
NAMES = ("name", "source", "kinds", "per_year", "notice_days", "answer_workdays", "publish_days", "version")


@methods
@asks(Action.VIEW_DIALOGUE, send=Action.HOLD_DIALOGUE)
def dialogue_rules(request: ViewerRequest) -> HttpResponse:
    """The rules that hold here, each with its source; to begin with those that come with the product."""
    viewer = request.viewer
    units = list(units_to_hold_for(viewer))
    if request.method == "POST":
        wanted = request.POST.get("unit", "")
        if wanted not in {str(unit.pk) for unit in units}:
            raise Refusal(_("Choose one of your units."))
        made = services.take_standard_rules(actor=viewer, unit_id=int(wanted))
        messages.success(request, _("Taken over: %(count)s rules.") % {"count": len(made)})
        return redirect("dialogue_rules")
    kinds = {kind.value: kind.label for kind in UnitKind}
    rules = [(rule, [kinds.get(kind, kind) for kind in rule.kinds]) for rule in rules_for(viewer)]
    own = {unit.pk for unit in units}
    context = {"rules": rules, "units": units, "own": own, "crumbs": crumbs_of()}
    return render(request, "dialogue/dialogue_rules.html", context)


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_rule_make(request: ViewerRequest) -> HttpResponse:
    """Make a rule."""
    units = [(unit.pk, unit.name) for unit in units_to_hold_for(request.viewer)]
    form = RuleForm(posted(request), units=units)
    page = FormPage(
        title=_("Make a rule of dialogues"),
        button=_("Make it"),
        back=reverse("dialogue_rules"),
        crumbs=(*crumbs_of(), (_("Rules of dialogues"), reverse("dialogue_rules"))),
        done=_("Made."),
    )
    return page.answer(
        request,
        form,
        lambda: services.make_rule(actor=request.viewer, unit_id=form.cleaned_data["unit"], terms=form.terms()),
    )


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_rule_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a rule."""
    rule = get_object_or_404(rules_kept_by(request.viewer), pk=pk)
    policy.require(request.viewer, Action.HOLD_DIALOGUE, asked_on(rule.unit_id))
    first = {"unit": rule.unit_id} | {name: getattr(rule, name) for name in NAMES}
    form = RuleChangeForm(posted(request), initial=first, units=[(rule.unit_id, rule.name)])
    del form.fields["unit"]
    page = FormPage(
        title=_("Change the rule"),
        subtitle=rule.name,
        button=_("Save"),
        back=reverse("dialogue_rules"),
        crumbs=(*crumbs_of(), (_("Rules of dialogues"), reverse("dialogue_rules"))),
        done=_("Saved."),
        fresh=lambda: get_object_or_404(rules_kept_by(request.viewer), pk=pk).version,
    )

    def do() -> object:
        version = form.cleaned_data["version"]
        return services.change_rule(actor=request.viewer, rule=rule, version=version, terms=form.terms())

    return page.answer(request, form, do)
