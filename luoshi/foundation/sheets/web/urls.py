"""Lists as files."""

from django.urls import path

from luoshi.foundation.sheets.web import views

app_name = "sheets"
urlpatterns = [
    path("exports/<slug:key>/", views.export, name="export"),
    path("exports/<slug:key>/columns/", views.columns, name="columns"),
]
