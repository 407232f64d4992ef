"""Addresses of inspections of work."""

from django.urls import path

from motbuoc.interfaces.web.inspections import plans, visits

urlpatterns = [
    path("", visits.visit_list, name="visit_list"),
    path("<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("<int:pk>/phat-hien/", visits.visit_finding, name="visit_finding"),
    path("<int:pk>/ket-luan/", visits.visit_conclude, name="visit_conclude"),
    path("<int:pk>/kiem-tra-lai/", visits.visit_follow_up, name="visit_follow_up"),
    path("noi-dung/<int:pk>/", visits.check_item, name="check_item"),
    path("phat-hien/<int:pk>/bo/", visits.finding_drop, name="finding_drop"),
    path("minh-chung/<int:pk>/", visits.finding_file, name="finding_file"),
    path("ke-hoach/moi/", plans.check_plan_make, name="check_plan_make"),
    path("ke-hoach/<int:pk>/", plans.check_plan, name="check_plan"),
    path("ke-hoach/<int:pk>/sua/", plans.check_plan_change, name="check_plan_change"),
    path("ke-hoach/<int:pk>/them/", plans.check_plan_add, name="check_plan_add"),
    path("don-vi/<int:pk>/bo/", plans.chosen_take_out, name="chosen_take_out"),
    path("don-vi/<int:pk>/lich/", plans.chosen_schedule, name="chosen_schedule"),
]
