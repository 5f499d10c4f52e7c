"""Pages of the look-back."""

from django.urls import path

from luoshi.supervision.lookbacks.web import items, rounds

app_name = "lookbacks"
urlpatterns = [
    path("lookbacks/", rounds.index, name="rounds"),
    path("lookbacks/<uuid:pk>/", rounds.show, name="round"),
    path("lookbacks/<uuid:pk>/share/", rounds.share, name="share"),
    path("lookbacks/<uuid:pk>/sample/", rounds.sample, name="sample"),
    path("lookbacks/promises/", rounds.promises, name="promises"),
    path("lookbacks/promises/<uuid:pk>/", items.promise, name="promise"),
    path("lookbacks/items/<uuid:pk>/", items.show, name="item"),
    path("lookbacks/items/<uuid:pk>/checker/", items.checker, name="checker"),
    path("lookbacks/items/<uuid:pk>/evidence/", items.evidence, name="evidence"),
    path("matters/<uuid:pk>/lookback/", items.of_matter, name="matter"),
    path("matters/<uuid:pk>/key-mark/", items.key_mark, name="key-mark"),
]
