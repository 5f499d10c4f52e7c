"""Pages of duty."""

from django.urls import path

from luoshi.desks.duty.web import books, checks, feeds, months, people, periods, shifts, tonight

app_name = "duty"
urlpatterns = [
    path("duty/", months.show, name="month"),
    path("duty/rosters/", months.rosters, name="rosters"),
    path("duty/rosters/<uuid:pk>/solution/", months.solution, name="solution"),
    path("duty/rosters/<uuid:pk>/needs/", months.renewal, name="renewal"),
    path("duty/rosters/<uuid:pk>/approval/", months.approval, name="approval"),
    path("duty/rosters/<uuid:pk>/publication/", months.publication, name="publication"),
    path("duty/rosters/<uuid:pk>/draft/", months.redraft, name="redraft"),
    path("duty/rosters/<uuid:pk>/progress/", months.progress, name="progress"),
    path("duty/shifts/<uuid:pk>/", shifts.show, name="shift"),
    path("duty/shifts/<uuid:pk>/person/", shifts.person, name="shift-person"),
    path("duty/shifts/<uuid:pk>/swaps/", shifts.swap, name="shift-swaps"),
    path("duty/swaps/", shifts.swaps, name="swaps"),
    path("duty/swaps/<uuid:pk>/", shifts.decide, name="swap"),
    path("duty/people/", people.index, name="people"),
    path("duty/people/<uuid:pk>/", people.show, name="person"),
    path("duty/people/<uuid:pk>/leaves/", people.leaves, name="leaves"),
    path("duty/people/<uuid:pk>/feed/end/", feeds.ending, name="feed-ending"),
    path("duty/leaves/<uuid:pk>/removal/", people.removal, name="leave-removal"),
    path("duty/scheme/", people.scheme, name="scheme"),
    path("duty/periods/", periods.index, name="periods"),
    path("duty/periods/<uuid:pk>/", periods.show, name="period"),
    path("duty/periods/<uuid:pk>/revocation/", periods.revocation, name="revocation"),
    path("duty/periods/<uuid:pk>/reports/", periods.reports, name="reports"),
    path("duty/tonight/", tonight.show, name="tonight"),
    path("duty/shifts/<uuid:pk>/handover/", tonight.handover, name="handover"),
    path("duty/handovers/", books.handovers, name="handovers"),
    path("duty/handovers/<uuid:pk>/signature/", tonight.signature, name="signature"),
    path("duty/log/", books.log, name="log"),
    path("duty/log/<uuid:pk>/settlement/", books.settlement, name="settlement"),
    path("duty/checks/", checks.index, name="checks"),
    path("duty/feed/", feeds.address, name="feed-address"),
    path("duty/feed/<str:secret>.ics", feeds.feed, name="feed"),
]
