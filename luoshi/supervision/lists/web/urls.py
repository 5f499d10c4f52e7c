"""Pages of the points lists."""

from django.urls import path

from luoshi.supervision.lists.web import copies, lists, points, summaries

app_name = "lists"
urlpatterns = [
    path("points-lists/", lists.index, name="lists"),
    path("points-lists/new/", lists.new, name="new"),
    path("points-lists/<uuid:pk>/", lists.show, name="list"),
    path("points-lists/<uuid:pk>/head/", lists.head, name="head"),
    path("points-lists/<uuid:pk>/agreement/", lists.agreement, name="agreement"),
    path("points-lists/<uuid:pk>/issue/", lists.issue, name="issue"),
    path("points-lists/<uuid:pk>/entry/", lists.entry, name="entry"),
    path("points-lists/<uuid:pk>/closure/", lists.closure, name="closure"),
    path("points-lists/<uuid:pk>/pdf/", lists.pdf, name="pdf"),
    path("points-lists/<uuid:pk>/points/", points.add, name="points"),
    path("points-lists/<uuid:pk>/copy/", copies.copy, name="copy"),
    path("points/<uuid:pk>/", points.edit, name="point"),
    path("points/<uuid:pk>/removal/", points.remove, name="removal"),
    path("summaries/<uuid:pk>/", summaries.summary, name="summary"),
]
