"""Addresses of portfolio and catalogue; the pages that show how a service is doing are in reporting."""

from django.urls import URLPattern, path

from catalog.views import (
    components,
    composition,
    glossary,
    goals,
    imports,
    needs,
    offerings,
    portfolio,
    saved_views,
    services,
    sorting,
)

urlpatterns: list[URLPattern] = [
    path("services/new/", services.service_create, name="service_create"),
    path("services/catalogue.json", imports.catalogue_json, name="catalogue_json"),
    path("services/import/", imports.service_import, name="service_import"),
    path("services/import/<int:import_id>/", imports.import_detail, name="import_detail"),
    path("services/import/<int:import_id>/write/", imports.import_write, name="import_write"),
    path("services/import/<int:import_id>/undo/", imports.import_undo, name="import_undo"),
    path("services/import/<int:import_id>/drop/", imports.import_drop, name="import_drop"),
    path("services/import/<int:import_id>/problems.csv", imports.import_problems, name="import_problems"),
    path("services/<slug:slug>/edit/", services.service_edit, name="service_edit"),
    path("services/<slug:slug>/sort/", sorting.service_sort, name="service_sort"),
    path("services/<slug:slug>/case/", portfolio.case_edit, name="case_edit"),
    path("services/<slug:slug>/purpose/", portfolio.purpose_say, name="purpose_say"),
    path("services/<slug:slug>/costs/", portfolio.cost_list, name="cost_list"),
    path("services/<slug:slug>/costs/<int:amount_id>/remove/", portfolio.cost_remove, name="cost_remove"),
    path("services/<slug:slug>/offerings/", offerings.service_offerings, name="service_offerings"),
    path("services/<slug:slug>/offerings/new/", offerings.offering_create, name="offering_create"),
    path("services/<slug:slug>/offerings/<int:offering_id>/edit/", offerings.offering_edit, name="offering_edit"),
    path("services/<slug:slug>/offerings/<int:offering_id>/remove/", offerings.offering_remove, name="offering_remove"),
    path(
        "services/<slug:slug>/offerings/<int:offering_id>/entitlements/new/",
        offerings.entitlement_create,
        name="entitlement_create",
    ),
    path(
        "services/<slug:slug>/entitlements/<int:entitlement_id>/edit/",
        offerings.entitlement_edit,
        name="entitlement_edit",
    ),
    path("services/<slug:slug>/map/", composition.service_map, name="service_map"),
    path("services/<slug:slug>/map/steps/", composition.steps_edit, name="steps_edit"),
    path("services/<slug:slug>/map/parts/new/", composition.dependency_create, name="dependency_create"),
    path(
        "services/<slug:slug>/map/parts/<int:dependency_id>/edit/", composition.dependency_edit, name="dependency_edit"
    ),
    path(
        "services/<slug:slug>/map/parts/<int:dependency_id>/remove/",
        composition.dependency_remove,
        name="dependency_remove",
    ),
    path(
        "services/<slug:slug>/map/parts/<int:dependency_id>/move/", composition.dependency_move, name="dependency_move"
    ),
    path("services/<slug:slug>/map/groups/new/", composition.group_create, name="group_create"),
    path("services/<slug:slug>/map/groups/<int:group_id>/edit/", composition.group_edit, name="group_edit"),
    path("services/<slug:slug>/map/hand-overs/new/", composition.hand_over_create, name="hand_over_create"),
    path(
        "services/<slug:slug>/map/hand-overs/<int:hand_over_id>/edit/",
        composition.hand_over_edit,
        name="hand_over_edit",
    ),
    path(
        "services/<slug:slug>/map/hand-overs/<int:hand_over_id>/remove/",
        composition.hand_over_remove,
        name="hand_over_remove",
    ),
    path("components/", components.component_list, name="component_list"),
    path("components/new/", components.component_create, name="component_create"),
    path("components/<slug:slug>/", components.component_detail, name="component_detail"),
    path("components/<slug:slug>/edit/", components.component_edit, name="component_edit"),
    path("goals/new/", goals.goal_create, name="goal_create"),
    path("goals/<slug:slug>/", goals.goal_detail, name="goal_detail"),
    path("goals/<slug:slug>/edit/", goals.goal_edit, name="goal_edit"),
    path("goals/<slug:slug>/count/", goals.goal_count, name="goal_count"),
    path(
        "goals/<slug:slug>/contributions/<int:contribution_id>/remove/",
        goals.contribution_remove,
        name="contribution_remove",
    ),
    path("glossary/", glossary.term_list, name="term_list"),
    path("glossary/new/", glossary.term_create, name="term_create"),
    path("glossary/<int:term_id>/edit/", glossary.term_edit, name="term_edit"),
    path("glossary/<int:term_id>/remove/", glossary.term_remove, name="term_remove"),
    path("saved-views/new/", saved_views.saved_view_keep, name="saved_view_keep"),
    path("saved-views/<int:view_id>/remove/", saved_views.saved_view_remove, name="saved_view_remove"),
    path("needs/", needs.need_list, name="need_list"),
    path("needs/new/", needs.need_raise, name="need_raise"),
    path("needs/<int:need_id>/", needs.need_detail, name="need_detail"),
]
