"""Pages of matters shared between levels."""

from django.urls import path

from luoshi.supervision.mirrors.web import matter

app_name = "mirrors"
urlpatterns = [path("matters/<uuid:pk>/levels/", matter.show, name="matter")]
