"""Pages of ordinary information."""

from django.urls import path

from luoshi.desks.information.web.ordinary import acts, desk, issues, items, scores, year

urlpatterns = [
    path("information/", items.index, name="items"),
    path("information/new/", items.new, name="item-new"),
    path("information/figures/", desk.figures, name="item-figures"),
    path("information/officers/", desk.officers, name="officers"),
    path("information/officers/<uuid:pk>/end/", desk.ending, name="officer-ending"),
    path("information/quotas/", desk.quotas, name="quotas"),
    path("information/topics/", desk.topics, name="topics"),
    path("information/topics/<uuid:pk>/closing/", desk.closing, name="topic-closing"),
    path("information/series/", issues.series, name="series"),
    path("information/issues/", issues.index, name="issues"),
    path("information/issues/<uuid:pk>/", issues.show, name="issue"),
    path("information/issues/<uuid:pk>/items/", issues.entries, name="issue-items"),
    path("information/issues/<uuid:pk>/issuing/", issues.issuing, name="issuing"),
    path("information/issues/<uuid:pk>/pdf/", issues.pdf, name="issue-pdf"),
    path("information/scores/", scores.index, name="scores"),
    path("information/scores/year/", year.index, name="scores-year"),
    path("information/scores/publishing/", scores.publishing, name="publishing"),
    path("information/scores/weights/", scores.weights, name="weights"),
    path("information/scores/<uuid:pk>/", scores.show, name="sheet"),
    path("information/scores/<uuid:pk>/replay/", scores.replay, name="replay"),
    path("information/<uuid:pk>/", items.show, name="item"),
    path("information/<uuid:pk>/text/", items.text, name="item-text"),
    path("information/<uuid:pk>/lineage/", items.chain, name="lineage"),
    path("information/<uuid:pk>/beside/<uuid:other>/", items.beside, name="beside"),
    path("information/<uuid:pk>/review/", acts.reviews, name="item-review"),
    path("information/<uuid:pk>/merger/", acts.merger, name="item-merger"),
    path("information/<uuid:pk>/adoptions/", acts.adoptions, name="item-adoptions"),
    path("information/<uuid:pk>/instructions/", acts.instructions, name="item-instructions"),
    path("information/words/<uuid:pk>/matter/", acts.registration, name="item-registration"),
    path("information/<uuid:pk>/handovers/", acts.handovers, name="item-handovers"),
    path("information/<uuid:pk>/results/", acts.results, name="item-results"),
    path("matters/<uuid:pk>/information/", items.of_matter, name="item-of-matter"),
]
