"""Pages of the site."""

from django.urls import path

from luoshi.site.web import views

app_name = "site"
urlpatterns = [
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
    path("audit/", views.trail, name="trail"),
]
