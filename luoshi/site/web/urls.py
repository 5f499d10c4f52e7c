"""Pages of the site."""

from django.urls import path

from luoshi.site.web import processes, setup, state, views

app_name = "site"
urlpatterns = [
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
    path("setup/", setup.setup, name="setup"),
    path("state/", state.state, name="state"),
    path("processes/", processes.processes, name="processes"),
    path("audit/", views.trail, name="trail"),
]
