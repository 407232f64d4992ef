"""Addresses of dialogues: the unit's own pages."""

from django.urls import path

from motbuoc.interfaces.web.dialogue import dialogues, gaps, holding, identities, minutes, questions, rules

urlpatterns = [
    path("", dialogues.dialogue_list, name="dialogue_list"),
    path("moi/", dialogues.dialogue_make, name="dialogue_make"),
    path("theo-don-vi/", gaps.dialogue_gaps, name="dialogue_gaps"),
    path("theo-don-vi/tep/", gaps.dialogue_gaps_export, name="dialogue_gaps_export"),
    path("<int:pk>/", dialogues.dialogue_detail, name="dialogue_detail"),
    path("<int:pk>/sua/", dialogues.dialogue_change, name="dialogue_change"),
    path("<int:pk>/phieu/", dialogues.dialogue_sheet, name="dialogue_sheet"),
    path("<int:pk>/man-hinh/", holding.dialogue_screen, name="dialogue_screen"),
    path("<int:pk>/da-hop/", holding.dialogue_hold, name="dialogue_hold"),
    path("<int:pk>/bien-ban/", holding.dialogue_minutes, name="dialogue_minutes"),
    path("<int:pk>/bien-ban/tep/", minutes.dialogue_minutes_paper, name="dialogue_minutes_paper"),
    path("<int:pk>/bien-ban/xac-nhan/", minutes.dialogue_confirm, name="dialogue_confirm"),
    path("<int:pk>/cam-ket/", holding.dialogue_promise, name="dialogue_promise"),
    path("<int:pk>/ket-luan/", holding.dialogue_conclude, name="dialogue_conclude"),
    path("cam-ket/<int:pk>/bo/", holding.commitment_drop, name="commitment_drop"),
    path("<int:pk>/cau-hoi-giay/", questions.question_note, name="question_note"),
    path("cau-hoi/<int:pk>/", questions.question_detail, name="question_detail"),
    path("cau-hoi/<int:pk>/ten/", identities.question_identity, name="question_identity"),
    path("quy-dinh/", rules.dialogue_rules, name="dialogue_rules"),
    path("quy-dinh/moi/", rules.dialogue_rule_make, name="dialogue_rule_make"),
    path("quy-dinh/<int:pk>/", rules.dialogue_rule_change, name="dialogue_rule_change"),
]
