"""How one is told outside the app: hours, browsers, calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.foundation.notices import choices
from motbuoc.foundation.notices.channels.push import browser_key
from motbuoc.foundation.notices.selectors import browsers_of, has_calendar_address, preference_of
from motbuoc.interfaces.web.accounts.devices import device_of
from motbuoc.interfaces.web.notices.forms import BrowserForm, PreferenceForm
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest

FIELDS = ("by_mail", "by_push", "quiet_from", "quiet_until", "language")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@own_things("how the viewer wants to be told")
def notice_settings(request: ViewerRequest) -> HttpResponse:
    """By which channel, at which hours, in which language."""
    preference = preference_of(request.viewer)
    initial = {name: getattr(preference, name) for name in FIELDS}
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choices.set_preference(actor=request.viewer, **form.cleaned_data)
        messages.success(request, _("Kept. It holds for the next message."))
        return redirect("notice_settings")
    return _page(request, form)


def _page(request: ViewerRequest, form: PreferenceForm, calendar_url: str = "") -> HttpResponse:
    context = {
        "form": form,
        "browsers": browsers_of(request.viewer),
        "browser_key": browser_key(),
        "has_calendar": has_calendar_address(request.viewer),
        "calendar_url": calendar_url,
        "email": request.viewer.account.email,
        "mail_ready": settings.MAIL_READY,
    }
    return render(request, "notices/notice_settings.html", context, status=422 if form.errors else 200)


@require_POST
@own_things("push messages to a browser of the viewer's own")
def browser_subscribe(request: ViewerRequest) -> HttpResponse:
    """Send push messages to this browser."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This browser did not say where to send the messages. Try another one."))
        return redirect("notice_settings")
    device = device_of(request.headers.get("User-Agent", ""))
    choices.subscribe_browser(actor=request.viewer, device=str(device), **form.cleaned_data)
    messages.success(request, _("This browser is sent push messages from now on."))
    return redirect("notice_settings")


@require_POST
@own_things("push messages to a browser of the viewer's own")
def browser_unsubscribe(request: ViewerRequest, pk: int) -> HttpResponse:
    """Send no more push messages to a browser."""
    if not choices.unsubscribe_browser(actor=request.viewer, pk=pk):
        raise Http404
    messages.success(request, _("That browser is sent nothing more."))
    return redirect("notice_settings")


@never_cache
@require_POST
@own_things("the address of the viewer's own calendar")
def calendar_make(request: ViewerRequest) -> HttpResponse:
    """A new address for the calendar, shown this once."""
    secret = choices.make_calendar_address(actor=request.viewer)
    preference = preference_of(request.viewer)
    form = PreferenceForm(initial={name: getattr(preference, name) for name in FIELDS})
    return _page(request, form, request.build_absolute_uri(reverse("calendar_feed", args=[secret])))


@require_POST
@own_things("the address of the viewer's own calendar")
def calendar_withdraw(request: ViewerRequest) -> HttpResponse:
    """Let the address open nothing any more."""
    choices.withdraw_calendar_address(actor=request.viewer)
    messages.success(request, _("The address opens nothing any more."))
    return redirect("notice_settings")
