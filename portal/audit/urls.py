from django.urls import path

from portal.audit import views

urlpatterns = [
    path("admin/audit/", views.audit_list, name="audit_list"),
    path("admin/audit/acts.csv", views.audit_csv, name="audit_csv"),
    path("admin/audit/changes/", views.history_list, name="history_list"),
    path("admin/audit/changes.csv", views.history_csv, name="history_csv"),
]
