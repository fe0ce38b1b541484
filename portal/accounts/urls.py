from django.urls import path

from portal.accounts.views import invitations, people

urlpatterns = [
    path("admin/people/", people.member_list, name="member_list"),
    path("admin/people/<int:member_id>/", people.member_edit, name="member_edit"),
    path("admin/invitations/new/", invitations.invitation_create, name="invitation_create"),
    path(
        "admin/invitations/<int:invitation_id>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"
    ),
    path("invitation/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("admin/units/", people.unit_list, name="unit_list"),
    path("admin/units/new/", people.unit_create, name="unit_create"),
    path("admin/units/<slug:slug>/", people.unit_edit, name="unit_edit"),
]
