"""Where the parts of the page are shown."""

from django.urls import path

from portal.charts import views

urlpatterns = [path("", views.parts, name="parts")]
