"""Pages of units and posts."""

from django.urls import path

from luoshi.foundation.organizations.web import views

app_name = "organizations"
urlpatterns = [path("posts/chosen/", views.switch, name="switch")]
