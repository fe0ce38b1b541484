"""Addresses of the register of improvements."""

from django.urls import URLPattern, path

from improvement import views

urlpatterns: list[URLPattern] = [
    path("improvements/", views.improvement_list, name="improvement_list"),
    path("improvements/new/", views.improvement_raise, name="improvement_raise"),
    path("improvements/IMP-<int:number>/", views.improvement_detail, name="improvement_detail"),
    path("improvements/IMP-<int:number>/edit/", views.improvement_edit, name="improvement_edit"),
]
