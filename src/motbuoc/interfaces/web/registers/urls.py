"""Addresses of the registers."""

from django.urls import path

from motbuoc.interfaces.web.registers import drafts, giving, incoming, numbers, outgoing, urging

urlpatterns = [
    path("di/", outgoing.outgoing_list, name="outgoing_list"),
    path("di/xuat/", outgoing.outgoing_export, name="outgoing_export"),
    path("di/soan/", drafts.outgoing_draft, name="outgoing_draft"),
    path("di/<int:pk>/", outgoing.outgoing_detail, name="outgoing_detail"),
    path("di/<int:pk>/sua/", drafts.outgoing_redraft, name="outgoing_redraft"),
    path("di/<int:pk>/noi-nhan/", drafts.outgoing_recipients, name="outgoing_recipients"),
    path("di/<int:pk>/ban-ky/", outgoing.outgoing_sign, name="outgoing_sign"),
    path("di/<int:pk>/tep/", outgoing.outgoing_file, name="outgoing_file"),
    path("di/<int:pk>/edxml/", outgoing.outgoing_package, name="outgoing_package"),
    path("den/", incoming.incoming_list, name="incoming_list"),
    path("den/xuat/", incoming.incoming_export, name="incoming_export"),
    path("den/vao-so/", incoming.incoming_register, name="incoming_register"),
    path("den/<int:pk>/", incoming.incoming_detail, name="incoming_detail"),
    path("den/<int:pk>/sua/", incoming.incoming_correct, name="incoming_correct"),
    path("den/<int:pk>/giao/", giving.incoming_give, name="incoming_give"),
    path("den/<int:pk>/tep/", incoming.incoming_file, name="incoming_file"),
    path("so/", numbers.number_list, name="number_list"),
    path("so/nhiem-ky/", numbers.term_open, name="term_open"),
    path("so/giu/", numbers.number_reserve, name="number_reserve"),
    path("so/tiep/", numbers.series_continue, name="series_continue"),
    path("so/<int:pk>/huy/", numbers.number_cancel, name="number_cancel"),
    path("don-doc/", urging.urging_list, name="urging_list"),
    path("don-doc/soan/", urging.urging_draft, name="urging_draft"),
]
