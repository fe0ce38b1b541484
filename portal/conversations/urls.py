from django.urls import path

from portal.conversations import views

urlpatterns = [
    path("talk/", views.conversation_list, name="conversation_list"),
    path("talk/new/", views.conversation_start, name="conversation_start"),
    path("talk/<int:conversation_id>/", views.conversation_detail, name="conversation_detail"),
    path("talk/<int:conversation_id>/comments/", views.comment_add, name="comment_add"),
    path("talk/<int:conversation_id>/raise/", views.conversation_raise, name="conversation_raise"),
    path("talk/<int:conversation_id>/close/", views.conversation_close, name="conversation_close"),
    path("notices/", views.notification_list, name="notification_list"),
    path("notices/read/", views.notification_read_all, name="notification_read_all"),
    path("notices/mail/", views.mail_choices, name="mail_choices"),
    path("mail/<str:token>/", views.mail_off, name="mail_off"),
    path("notices/<int:notification_id>/read/", views.notification_read, name="notification_read"),
]
