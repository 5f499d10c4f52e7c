"""Pages of drafting."""

from django.urls import path

from luoshi.desks.meetings.web import acts, documents, reading, review

app_name = "meetings"
item = "drafting/<uuid:pk>/drafts/<int:number>/"
point = "drafting/<uuid:pk>/points/<uuid:point>/"
urlpatterns = [
    path("drafting/", documents.documents, name="documents"),
    path("drafting/new/", documents.upload, name="upload"),
    path("drafting/<uuid:pk>/", review.document, name="document"),
    path("drafting/<uuid:pk>/reading/", reading.reading, name="reading"),
    path("drafting/<uuid:pk>/days/", review.days, name="days"),
    path(item + "sample/", review.sample, name="sample"),
    path(item + "decision/", acts.decision, name="decision"),
    path(item + "correction/", acts.correction, name="correction"),
    path(item + "keeping/", acts.keeping, name="keeping"),
    path(item + "splitting/", acts.splitting, name="splitting"),
    path(item + "merging/", acts.merging, name="merging"),
    path(item + "undoing/", acts.undoing_one, name="undoing"),
    path("drafting/<uuid:pk>/undoing/", acts.undoing_last, name="undoing-last"),
    path("drafting/<uuid:pk>/drafts/", acts.addition, name="addition"),
    path(point + "waiver/", acts.waiver, name="waiver"),
    path(point + "link/", acts.link, name="link"),
    path(point + "release/", acts.release, name="release"),
    path("drafting/<uuid:pk>/submission/", acts.submission, name="submission"),
]
