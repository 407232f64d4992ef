"""The outbox for those who look after people, and the gateways of a unit."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.gateways import add_gateway, end_gateway, gateways_for
from motbuoc.foundation.notices.models import DeliveryState
from motbuoc.foundation.notices.posted import TROUBLED, counts_of, deliveries_for, send_again
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.notices.forms import GatewayForm
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

ON_A_PAGE = 50


@require_safe
@asks(Action.VIEW_UNIT, do=Action.MANAGE_PEOPLE)
def delivery_list(request: ViewerRequest) -> HttpResponse:
    """What could not be sent, or everything that was: to whom, how, when; never what it said."""
    deliveries = deliveries_for(request.viewer)
    counts = counts_of(deliveries)
    tab = request.GET.get("tab", "")
    shown = deliveries if tab == "all" else deliveries.filter(state__in=TROUBLED)
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tab": tab,
        "troubled": sum(counts.get(state, 0) for state in TROUBLED),
        "figures": [(DeliveryState(state).label, counts.get(state, 0)) for state in DeliveryState.values],
        "can_again": TROUBLED,
    }
    return render(request, "notices/delivery_list.html", context)


@require_POST
@asks(Action.VIEW_UNIT, do=Action.MANAGE_PEOPLE)
def delivery_again(request: ViewerRequest, pk: int) -> HttpResponse:
    """Send a message once more."""
    delivery = get_object_or_404(deliveries_for(request.viewer), pk=pk)
    send_again(actor=request.viewer, delivery=delivery)
    messages.success(request, _("It is sent again within a minute."))
    return redirect("delivery_list")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.MANAGE_RIGHTS)
def unit_gateways(request: ViewerRequest, pk: int) -> HttpResponse:
    """The gateways of a unit, and a new one, whose secret is shown this once."""
    unit = get_object_or_404(units_for(request.viewer, clock.today()), pk=pk)
    policy.require(request.viewer, Action.MANAGE_RIGHTS, pk)
    looks_at(request, "unit", pk, pk)
    form, made = GatewayForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = add_gateway(actor=request.viewer, unit=unit, url=form.cleaned_data["url"])
            form = GatewayForm()
    context = {"unit": unit, "form": form, "made": made}
    context["gateways"] = gateways_for(request.viewer).filter(unit=pk)
    return render(request, "notices/unit_gateways.html", context, status=422 if form.errors else 200)


@require_POST
@asks(Action.VIEW_UNIT, do=Action.MANAGE_RIGHTS)
def gateway_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """End a gateway."""
    webhook = get_object_or_404(gateways_for(request.viewer), pk=pk)
    end_gateway(actor=request.viewer, webhook=webhook)
    messages.success(request, _("The gateway is told nothing more."))
    return redirect("unit_gateways", webhook.unit_id)
