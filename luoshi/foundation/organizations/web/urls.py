"""Pages of units, people and posts."""

from django.urls import path

from luoshi.foundation.organizations.web import mergers, people, relations, tokens, units, views

app_name = "organizations"
urlpatterns = [
    path("posts/chosen/", views.switch, name="switch"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/access/", people.access, name="access"),
    path("people/<uuid:pk>/phone/", people.phone, name="phone"),
    path("people/<uuid:pk>/appointments/", people.appointments, name="appointments"),
    path("appointments/<uuid:pk>/ending/", people.ending, name="ending"),
    path("units/", units.units, name="units"),
    path("units/import/", units.importing, name="import"),
    path("units/import/example/", units.example, name="example"),
    path("units/mergers/", mergers.mergers, name="mergers"),
    path("units/relations/", relations.relations, name="relations"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<uuid:pk>/revocation/", tokens.revocation, name="revocation"),
]
