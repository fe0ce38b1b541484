from django.urls import path

from portal.accounts.views import invitations, people, tokens

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
    path("admin/tokens/", tokens.token_list, name="token_list"),
    path("admin/tokens/new/", tokens.token_create, name="token_create"),
    path("admin/tokens/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
]
