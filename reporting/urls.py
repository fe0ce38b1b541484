"""Addresses of what is shown and talked about: services with their status, home, workbench, reviews."""

from django.urls import URLPattern, path

from reporting.views import home, services

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("services/", services.service_list, name="service_list"),
    path("services/<slug:slug>/", services.service_detail, name="service_detail"),
    path("services/<slug:slug>/difference/", services.service_difference, name="service_difference"),
    path("services/<slug:slug>/talk/", services.service_talk, name="service_talk"),
    path("components/<slug:slug>/status/", services.component_status, name="component_status"),
    path("goals/<slug:slug>/progress/", services.goal_progress, name="goal_progress"),
]
