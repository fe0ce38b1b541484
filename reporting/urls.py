"""Addresses of what is shown and talked about: services with their status, home, workbench, reviews."""

from django.urls import URLPattern, path

from reporting.views import editing, exports, figures, follow_ups, home, reviews, services, threads, workbench

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("workbench/", workbench.workbench, name="workbench"),
    path("services/", services.service_list, name="service_list"),
    path("services/<slug:slug>/", services.service_detail, name="service_detail"),
    path("services/<slug:slug>/difference/", services.service_difference, name="service_difference"),
    path("services/<slug:slug>/talk/", services.service_talk, name="service_talk"),
    path("components/<slug:slug>/status/", services.component_status, name="component_status"),
    path("goals/<slug:slug>/progress/", services.goal_progress, name="goal_progress"),
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/draft/", editing.review_draft, name="review_draft"),
    path("reviews/<slug:unit>/<str:month>/", reviews.review_detail, name="review_detail"),
    path("reviews/<slug:unit>/<str:month>/edit/", editing.review_edit, name="review_edit"),
    path("reviews/<slug:unit>/<str:month>/issue/", editing.review_issue, name="review_issue"),
    path("reviews/<slug:unit>/<str:month>/restate/", editing.review_restate, name="review_restate"),
    path("reviews/<slug:unit>/<str:month>/draft.pdf", reviews.draft_pdf, name="draft_pdf"),
    path("reviews/<slug:unit>/<str:month>/acknowledge/", threads.review_acknowledge, name="review_acknowledge"),
    path("reviews/<slug:unit>/<str:month>/comments/", threads.anchor_comment, name="anchor_comment"),
    path("reviews/<slug:unit>/<str:month>/follow-ups/", follow_ups.follow_up_add, name="follow_up_add"),
    path("reviews/<slug:unit>/<str:month>/editions/<int:number>/", reviews.edition_detail, name="edition_detail"),
    path("reviews/<slug:unit>/<str:month>/editions/<int:number>.pdf", reviews.edition_pdf, name="edition_pdf"),
    path(
        "reviews/<slug:unit>/<str:month>/editions/<int:number>/figures.csv",
        reviews.edition_figures,
        name="edition_figures",
    ),
    path("sentences/<int:paragraph_id>/", editing.paragraph_edit, name="paragraph_edit"),
    path("sentences/<int:paragraph_id>/take-back/", editing.paragraph_take_back, name="paragraph_take_back"),
    path("figures/<int:figure_id>/", figures.figure_detail, name="figure_detail"),
    path("figures/<int:figure_id>/proof/", figures.figure_proof, name="figure_proof"),
    path("figures/<int:figure_id>/acknowledge/", figures.figure_acknowledge, name="figure_acknowledge"),
    path("figures/<int:figure_id>/question/", figures.figure_question, name="figure_question"),
    path("figures/<int:figure_id>/dispute/", figures.figure_dispute, name="figure_dispute"),
    path("figures/<int:figure_id>/improve/", figures.figure_improve, name="figure_improve"),
    path("threads/<int:thread_id>/reply/", threads.thread_reply, name="thread_reply"),
    path("threads/<int:thread_id>/improve/", threads.thread_improve, name="thread_improve"),
    path("disputes/<int:dispute_id>/answer/", threads.dispute_answer, name="dispute_answer"),
    path("disputes/<int:dispute_id>/settle/", threads.dispute_settle, name="dispute_settle"),
    path("follow-ups/<int:follow_up_id>/done/", follow_ups.follow_up_done, name="follow_up_done"),
    path("asks/<int:request_id>/", follow_ups.context_request_detail, name="context_request_detail"),
    path("admin/exports/", exports.export_month, name="export_month"),
]
