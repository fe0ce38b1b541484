"""Addresses of the API, version 1."""

from django.urls import URLPattern, path

from slas.api import docs
from slas.api.agreements import AgreementListView, AgreementView
from slas.api.figures import FigureListView, FigureView
from slas.api.measures import BatchView, CoveredView, FactsView, GapsView, MeasureListView, MeasureView
from slas.api.planned_work import WorkEndView, WorkListView

urlpatterns: list[URLPattern] = [
    path("schema/", docs.api_schema, name="api_schema"),
    path("docs/", docs.api_docs, name="api_docs"),
    path("docs/try/", docs.TryView.as_view(), name="api_try"),
    path("agreements/", AgreementListView.as_view(), name="api_agreements"),
    path("agreements/<slug:slug>/v<int:version>/", AgreementView.as_view(), name="api_agreement"),
    path("measures/", MeasureListView.as_view(), name="api_measures"),
    path("measures/<slug:slug>/", MeasureView.as_view(), name="api_measure"),
    path("measures/<slug:slug>/facts/", FactsView.as_view(), name="api_facts"),
    path("measures/<slug:slug>/gaps/", GapsView.as_view(), name="api_gaps"),
    path("measures/<slug:slug>/covered/", CoveredView.as_view(), name="api_covered"),
    path("batches/<int:batch_id>/", BatchView.as_view(), name="api_batch"),
    path("planned-work/", WorkListView.as_view(), name="api_planned_work"),
    path("planned-work/<int:work_id>/end/", WorkEndView.as_view(), name="api_planned_work_end"),
    path("attainments/", FigureListView.as_view(), name="api_attainments"),
    path("attainments/<int:attainment_id>/", FigureView.as_view(), name="api_attainment"),
]
