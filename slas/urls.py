"""Addresses of service levels: agreements, measures and facts, figures, and the API."""

from django.urls import URLPattern, URLResolver, include, path

from slas.views import agreements, attainments, batches, facts, levels, measures, planned_work, service_hours, targets

VERSION = "agreements/<slug:slug>/v<int:version>/"
PROMISE = f"{VERSION}targets/<slug:target>/"
DUTY = f"{VERSION}duties/<int:obligation_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements/new/", agreements.agreement_create, name="agreement_create"),
    path("parties/new/", agreements.party_create, name="party_create"),
    path("agreements/<slug:slug>/", agreements.agreement_detail, name="agreement_detail"),
    path(VERSION, agreements.agreement_version, name="agreement_version"),
    path(f"{VERSION}edit/", agreements.agreement_edit, name="agreement_edit"),
    path(f"{VERSION}remove/", agreements.agreement_remove, name="agreement_remove"),
    path(f"{VERSION}accept/<int:party_id>/", agreements.agreement_accept, name="agreement_accept"),
    path(f"{VERSION}start/", agreements.agreement_start, name="agreement_start"),
    path(f"{VERSION}revise/", agreements.agreement_revise, name="agreement_revise"),
    path(f"{VERSION}end/", agreements.agreement_end, name="agreement_end"),
    path(f"{VERSION}targets/new/", targets.target_create, name="target_create"),
    path(f"{PROMISE}edit/", targets.target_edit, name="target_edit"),
    path(f"{PROMISE}remove/", targets.target_remove, name="target_remove"),
    path(f"{PROMISE}propose/", targets.target_propose, name="target_propose"),
    path(f"{VERSION}duties/new/", targets.obligation_create, name="obligation_create"),
    path(f"{DUTY}edit/", targets.obligation_edit, name="obligation_edit"),
    path(f"{DUTY}remove/", targets.obligation_remove, name="obligation_remove"),
    path(f"{DUTY}done/", targets.obligation_done, name="obligation_done"),
    path("proposals/<int:proposal_id>/", targets.proposal_detail, name="proposal_detail"),
    path("services/<slug:slug>/offerings/<int:offering_id>/levels/", levels.levels_edit, name="levels_edit"),
    path("attainments/<int:attainment_id>/", attainments.attainment_detail, name="attainment_detail"),
    path("attainments/<int:attainment_id>/verify/", attainments.attainment_verify, name="attainment_verify"),
    path(
        "attainments/<int:attainment_id>/evidence.csv",
        attainments.attainment_evidence_csv,
        name="attainment_evidence_csv",
    ),
    path(
        "attainments/<int:attainment_id>/evidence.json",
        attainments.attainment_evidence_json,
        name="attainment_evidence_json",
    ),
    path("service-hours/", service_hours.hours_list, name="hours_list"),
    path("service-hours/new/", service_hours.hours_create, name="hours_create"),
    path("service-hours/<int:hours_id>/", service_hours.hours_detail, name="hours_detail"),
    path("service-hours/<int:hours_id>/edit/", service_hours.hours_edit, name="hours_edit"),
    path("planned-work/", planned_work.planned_work_list, name="planned_work_list"),
    path("planned-work/announce/", planned_work.planned_work_announce, name="planned_work_announce"),
    path("planned-work/<int:work_id>/approve/", planned_work.planned_work_approve, name="planned_work_approve"),
    path("planned-work/<int:work_id>/cancel/", planned_work.planned_work_cancel, name="planned_work_cancel"),
    path("planned-work/<int:work_id>/end/", planned_work.planned_work_end, name="planned_work_end"),
    path("measures/", measures.measure_list, name="measure_list"),
    path("measures/new/", measures.measure_create, name="measure_create"),
    path("measures/<slug:slug>/", measures.measure_detail, name="measure_detail"),
    path("measures/<slug:slug>/edit/", measures.measure_edit, name="measure_edit"),
    path("measures/<slug:slug>/facts/", facts.measure_facts, name="measure_facts"),
    path("measures/<slug:slug>/gaps/", facts.measure_facts, {"side": "gaps"}, name="measure_gaps"),
    path("measures/<slug:slug>/covered/", facts.measure_facts, {"side": "covered"}, name="measure_covered"),
    path("measures/<slug:slug>/corrections/", facts.measure_corrections, name="measure_corrections"),
    path("measures/<slug:slug>/enter/", facts.fact_enter, name="fact_enter"),
    path("measures/<slug:slug>/enter/gap/", facts.fact_enter, {"side": "gaps"}, name="gap_enter"),
    path("measures/<slug:slug>/enter/covered/", facts.fact_enter, {"side": "covered"}, name="covered_enter"),
    path("measures/<slug:slug>/upload/", facts.fact_upload, name="fact_upload"),
    path("measures/<slug:slug>/template.csv", facts.fact_template, name="fact_template"),
    path("measures/<slug:slug>/template-gaps.csv", facts.fact_template, {"side": "gaps"}, name="gap_template"),
    path(
        "measures/<slug:slug>/template-covered.csv", facts.fact_template, {"side": "covered"}, name="covered_template"
    ),
    path("api/v1/", include("slas.api.urls")),
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/<int:batch_id>/", batches.batch_detail, name="batch_detail"),
    path("batches/<int:batch_id>/errors.csv", batches.batch_errors, name="batch_errors"),
    path("batches/<int:batch_id>/send/", batches.batch_send, name="batch_send"),
    path("batches/<int:batch_id>/discard/", batches.batch_discard, name="batch_discard"),
    path("batches/<int:batch_id>/approve/", batches.batch_approve, name="batch_approve"),
    path("batches/<int:batch_id>/refuse/", batches.batch_refuse, name="batch_refuse"),
]
