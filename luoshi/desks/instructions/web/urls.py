"""Pages of the instructions."""

from django.urls import path

from luoshi.desks.instructions.web import filing, instructions

app_name = "instructions"
urlpatterns = [
    path("instructions/", instructions.index, name="instructions"),
    path("instructions/leaders/", instructions.leaders, name="leaders"),
    path("instructions/new/", instructions.new, name="new"),
    path("instructions/<uuid:pk>/", instructions.show, name="instruction"),
    path("instructions/<uuid:pk>/registration/", filing.registration, name="registration"),
    path("instructions/<uuid:pk>/link/", filing.link, name="link"),
    path("instructions/<uuid:pk>/information/", filing.information, name="information"),
    path("matters/<uuid:pk>/instructions/", instructions.of_matter, name="matter"),
]
