"""Addresses of service levels: agreements, measures and facts, figures, and the API."""

from django.urls import URLPattern, path

from slas.views import batches, facts, measures

urlpatterns: list[URLPattern] = [
    path("measures/", measures.measure_list, name="measure_list"),
    path("measures/new/", measures.measure_create, name="measure_create"),
    path("measures/<slug:slug>/", measures.measure_detail, name="measure_detail"),
    path("measures/<slug:slug>/edit/", measures.measure_edit, name="measure_edit"),
    path("measures/<slug:slug>/facts/", facts.measure_facts, name="measure_facts"),
    path("measures/<slug:slug>/gaps/", facts.measure_facts, {"is_gap": True}, name="measure_gaps"),
    path("measures/<slug:slug>/corrections/", facts.measure_corrections, name="measure_corrections"),
    path("measures/<slug:slug>/enter/", facts.fact_enter, name="fact_enter"),
    path("measures/<slug:slug>/enter/gap/", facts.fact_enter, {"is_gap": True}, name="gap_enter"),
    path("measures/<slug:slug>/upload/", facts.fact_upload, name="fact_upload"),
    path("measures/<slug:slug>/template.csv", facts.fact_template, name="fact_template"),
    path("measures/<slug:slug>/template-gaps.csv", facts.fact_template, {"is_gap": True}, name="gap_template"),
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/<int:batch_id>/", batches.batch_detail, name="batch_detail"),
    path("batches/<int:batch_id>/errors.csv", batches.batch_errors, name="batch_errors"),
    path("batches/<int:batch_id>/send/", batches.batch_send, name="batch_send"),
    path("batches/<int:batch_id>/discard/", batches.batch_discard, name="batch_discard"),
    path("batches/<int:batch_id>/approve/", batches.batch_approve, name="batch_approve"),
    path("batches/<int:batch_id>/refuse/", batches.batch_refuse, name="batch_refuse"),
]
