"""All addresses; the apps are named by dotted string only."""

from django.urls import include, path

from portal import views

urlpatterns = [
    path("", views.start, name="start"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("parts/", include("portal.charts.urls")),
    path("account/email/", views.not_offered),
    path("account/confirm-email/", views.not_offered),
    path("account/confirm-email/<path:key>", views.not_offered),
    path("account/", include("allauth.account.urls")),
    path(
        "t/<slug:tenant>/",
        include(
            [
                path("", include("catalog.urls")),  # before reporting: “services/new/” is no service
                path("", include("reporting.urls")),
                path("", include("improvement.urls")),
                path("", include("slas.urls")),
                path("", include("portal.accounts.urls")),
                path("", include("portal.audit.urls")),
                path("", include("portal.jobs.urls")),
                path("", include("portal.conversations.urls")),
            ]
        ),
    ),
]
