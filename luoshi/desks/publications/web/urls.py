"""Pages of publications."""

from django.urls import path

from luoshi.desks.publications.web import issues, items, press, publications

app_name = "publications"
urlpatterns = [
    path("publications/", publications.index, name="publications"),
    path("publications/new/", publications.new, name="new"),
    path("publications/figures/", publications.figures, name="figures"),
    path("publications/issues/", issues.index, name="issues"),
    path("publications/issues/<uuid:pk>/", issues.show, name="issue"),
    path("publications/issues/<uuid:pk>/date/", issues.date, name="date"),
    path("publications/issues/<uuid:pk>/step/", issues.step, name="step"),
    path("publications/issues/<uuid:pk>/order/", issues.order, name="order"),
    path("publications/issues/<uuid:pk>/paper/", issues.paper, name="paper"),
    path("publications/items/", items.index, name="items"),
    path("publications/items/new/", items.new, name="new-item"),
    path("publications/items/<uuid:pk>/", items.show, name="item"),
    path("publications/press/", press.index, name="press"),
    path("publications/press/new/", press.new, name="new-press"),
    path("publications/press/<uuid:pk>/", press.show, name="press-item"),
    path("publications/<uuid:pk>/", publications.show, name="publication"),
    path("publications/<uuid:pk>/plan/", publications.plan, name="plan"),
]
