"""Pages of attachments."""

from django.urls import path

from luoshi.foundation.attachments.web import views

app_name = "attachments"
urlpatterns = [path("files/<uuid:pk>/", views.download, name="download")]
