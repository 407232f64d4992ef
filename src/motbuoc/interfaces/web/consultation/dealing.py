"""The pages on which comments are dealt with: grouped, answered group by group, versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.consultation import disposing
from motbuoc.domains.consultation.comparing import aligned, changed_later, reasons_for
from motbuoc.domains.consultation.models import Comment, CommentGroup, Consultation
from motbuoc.domains.consultation.selectors import (
    COMMENTS,
    comment_in,
    comments_in,
    comments_on,
    groups_for,
    groups_on,
    may_hold,
    names_of,
    provisions_in,
    ungrouped_on,
    version_of,
)
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.domains.consultation.tabling import criticism_of, table_of
from motbuoc.domains.listening.intake import TellsWho
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.papers.consultation import consultation_file
from motbuoc.interfaces.web.consultation.consultations import crumbs_of, seen_consultation
from motbuoc.interfaces.web.consultation.forms import AnswerForm
from motbuoc.interfaces.web.documents.forms import posted_version
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.listening.screened import tell_spots
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from vanban.write import NoLayout

methods = require_http_methods(["GET", "HEAD", "POST"])
GROUPS, PAIRS, OFFERED = 20, 40, 200  # groups and pairs on a page; groups that another can be merged into
DEALT = (ConsultationState.OPEN, ConsultationState.CLOSED)


def key_in(asked: str) -> int:
    """An id in an address or a form, 0 for what is none."""
    return int(asked) if asked.isdecimal() and len(asked) < 18 else 0


def named(comments: list[Comment]) -> list[tuple[Comment, str]]:
    """Comments, each with the name of the unit whose it is, empty for one of nobody."""
    names = names_of(comments)
    return [(one, names.get(one.reply_id or 0, "")) for one in comments]


@methods
@asks(Action.VIEW_CONSULTATION, send=Action.HOLD_CONSULTATION)
def consultation_comments(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """What was said of one provision: its groups, and the comments, the earliest first, some at a time."""
    consultation = seen_consultation(request, pk, holds=request.method == "POST")
    provision = get_object_or_404(provisions_in(version_of(consultation)), number=min(number, 1_000_000))
    if request.method == "POST":
        _group(request, consultation, provision)
        return redirect("consultation_comments", pk, number)
    comments = comments_on(consultation, provision, key_in(request.GET.get("sau", "")))
    groups = groups_on(consultation, provision)
    deals = may_hold(request.viewer, consultation) and consultation.state in DEALT
    context = {
        "consultation": consultation,
        "provision": provision,
        "comments": named(comments),
        "onward": comments[-1].pk if len(comments) == COMMENTS else None,
        "page": Paginator(groups, GROUPS).get_page(request.GET.get("page")),
        "can_group": deals and ungrouped_on(consultation, provision).exists(),
        "can_confirm": deals and groups.filter(is_confirmed=False).exists(),
        "crumbs": crumbs_of(consultation),
    }
    return render(request, "consultation/comments.html", context)


def _group(request: ViewerRequest, consultation: Consultation, provision: Any) -> None:
    """Have comments grouped, or say that the groups are right."""
    asked: dict[str, Any] = {"actor": request.viewer, "consultation": consultation, "provision": provision}
    if request.POST.get("step") == "confirm_groups":
        disposing.confirm_groups(**asked)
        messages.success(request, _("Confirmed. Say now what becomes of each group."))
    else:
        disposing.propose_groups(**asked)
        messages.success(request, _("Grouped. Look through the groups, move what does not belong, and confirm."))


@methods
@asks(Action.VIEW_CONSULTATION, send=Action.HOLD_CONSULTATION)
def comment_group_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One group: its comments, what becomes of them and why; comments are moved, the group is merged."""
    group = get_object_or_404(groups_for(request.viewer), pk=pk)
    consultation = group.consultation
    looks_at(request, "consultation", consultation.pk, consultation.unit_id)
    holds = may_hold(request.viewer, consultation)
    if request.method == "POST" and not holds:
        raise policy.refusal(request.viewer, (Action.HOLD_CONSULTATION,))
    later = changed_later(consultation)
    sent = request.POST if request.method == "POST" and request.POST.get("step") == "dispose_group" else None
    form = AnswerForm(sent, initial=_answered(group), provisions=later)
    if request.method == "POST" and sent is None:
        return _regroup(request, group)
    if sent is not None and form.is_valid() and _is_disposed(request, group, form):
        messages.success(request, _("Saved."))
        return redirect("consultation_comments", consultation.pk, group.provision.number)
    comments = comments_in(group, key_in(request.GET.get("sau", "")))
    others = groups_on(consultation, group.provision).exclude(pk=pk)
    context = {
        "consultation": consultation,
        "group": group,
        "form": form,
        "comments": named(comments),
        "onward": comments[-1].pk if len(comments) == COMMENTS else None,
        "others": list(others[:OFFERED]),
        "deals": holds and consultation.state in DEALT,
        "crumbs": _crumbs(group),
    }
    return render(request, "consultation/group_detail.html", context, status=422 if form.errors else 200)


def _crumbs(group: CommentGroup) -> tuple[tuple[Any, str], ...]:
    where = reverse("consultation_comments", args=[group.consultation_id, group.provision.number])
    return (*crumbs_of(group.consultation), (group.provision.label, where))


def _answered(group: CommentGroup) -> dict[str, Any]:
    return {
        "version": group.version,
        "disposition": group.disposition,
        "reason": group.reason,
        "title": group.title,
        "changed_in": group.changed_in.number if group.changed_in else "",
    }


def _is_disposed(request: ViewerRequest, group: CommentGroup, form: AnswerForm) -> bool:
    version = form.cleaned_data["version"]
    try:
        disposing.dispose_group(actor=request.viewer, group=group, version=version, answer=form.answer())
    except NotAllowed:
        raise
    except TellsWho as found:
        tell_spots(form, "reason", found)
        return False
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _regroup(request: ViewerRequest, group: CommentGroup) -> HttpResponse:
    """Merge the group into another, or put one of its comments elsewhere."""
    other = None
    if wanted := request.POST.get("other", ""):
        other = groups_for(request.viewer).filter(consultation=group.consultation_id, pk=key_in(wanted)).first()
        if other is None:
            raise Refusal(_("Choose another group of the same provision."))
    if request.POST.get("step") == "merge_groups" and other:
        version = posted_version(request.POST)
        target = disposing.merge_groups(actor=request.viewer, group=group, version=version, other=other)
        messages.success(request, _("Merged."))
        return redirect("comment_group_detail", target.pk)
    comment = comment_in(group, key_in(request.POST.get("comment", "")))
    if request.POST.get("step") != "move_comment" or comment is None:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    disposing.move_comment(actor=request.viewer, comment=comment, other=other)
    messages.success(request, _("Moved."))
    return redirect("consultation_comments", group.consultation_id, group.provision.number)


@require_safe
@asks(Action.VIEW_CONSULTATION)
def consultation_compare(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """A version beside the one before it: what changed, word by word, and because of which comments."""
    consultation = seen_consultation(request, pk)
    new = version_of(consultation, number) if 1 < number < 30_000 else None
    old = version_of(consultation, number - 1) if new else None
    if old is None:
        raise Http404
    pairs = aligned(provisions_in(old), provisions_in(new))
    is_whole = request.GET.get("tat-ca") == "1"
    shown = pairs if is_whole else [pair for pair in pairs if pair.became != "same"]
    page = Paginator(shown, PAIRS).get_page(request.GET.get("page"))
    because = reasons_for(consultation, [pair.new for pair in page if pair.new])
    context = {
        "consultation": consultation,
        "number": number,
        "page": page,
        "pairs": [(pair, because.get(pair.new.pk, []) if pair.new else []) for pair in page],
        "is_whole": is_whole,
        "changed": sum(pair.became != "same" for pair in pairs),
        "crumbs": crumbs_of(consultation),
    }
    return render(request, "consultation/compare.html", context)


def _word(
    request: ViewerRequest, pk: int, content_of: Callable[[Consultation], Any], name: str
) -> HttpResponseBase:
    """A paper made of a consultation as far as it is dealt with, as a download."""
    consultation = seen_consultation(request, pk)
    if consultation.state == ConsultationState.DRAFT:
        raise Http404
    try:
        content = consultation_file(content_of(consultation))
    except NoLayout:
        raise Refusal(_("No official layout is known for the papers of this unit.")) from None
    return made_download(content, f"{name} {pk}.docx")


@require_safe
@asks(Action.VIEW_CONSULTATION)
def consultation_table(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """The table of comments and what became of them, in Word."""
    return _word(request, pk, table_of, "Tổng hợp, tiếp thu, giải trình ý kiến góp ý")


@require_safe
@asks(Action.VIEW_CONSULTATION)
def consultation_criticism(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """The document of social criticism, in Word."""
    return _word(request, pk, criticism_of, "Văn bản phản biện xã hội")
