"""Pages of drafting."""

from django.urls import path

from luoshi.desks.meetings.web import reading, views

app_name = "meetings"
item = "drafting/<uuid:pk>/drafts/<int:number>/"
urlpatterns = [
    path("drafting/", views.documents, name="documents"),
    path("drafting/new/", views.upload, name="upload"),
    path("drafting/<uuid:pk>/", views.document, name="document"),
    path("drafting/<uuid:pk>/reading/", reading.reading, name="reading"),
    path(item + "decision/", views.decision, name="decision"),
    path(item + "undoing/", views.undoing, name="undoing"),
    path(item + "sample/", views.sample, name="sample"),
    path(item + "splitting/", views.splitting, name="splitting"),
    path(item + "correction/", views.correction, name="correction"),
    path("drafting/<uuid:pk>/drafts/", views.addition, name="addition"),
    path("drafting/<uuid:pk>/points/<uuid:point>/waiver/", views.waiver, name="waiver"),
    path("drafting/<uuid:pk>/submission/", views.submission, name="submission"),
]
