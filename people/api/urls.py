"""Addresses of the API about people, teams and imports."""

from django.urls import path

from people.api import imports, index, teams

app_name = "api-people"

urlpatterns = [
    path("", index.Index.as_view(), name="index"),
    path("teams/", teams.Teams.as_view(), name="teams"),
    path("people/imports/", imports.Imports.as_view(), name="imports"),
    path("people/imports/<int:pk>/", imports.OneImport.as_view(), name="import"),
    path(
        "people/imports/<int:pk>/confirmation/",
        imports.Confirm.as_view(),
        name="import-confirmation",
    ),
]
