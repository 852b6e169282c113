"""Addresses of the API about people, teams and imports."""

from django.urls import path

from people.api import imports, index, leaves, teams

app_name = "api-people"

urlpatterns = [
    path("", index.Index.as_view(), name="index"),
    path("teams/", teams.Teams.as_view(), name="teams"),
    path("people/<int:pk>/leaves/", leaves.LeavesOfPerson.as_view(), name="leaves"),
    path("leaves/<int:pk>/correction/", leaves.Correction.as_view(), name="leave-correction"),
    path("leaves/<int:pk>/return/", leaves.Return.as_view(), name="leave-return"),
    path("leaves/<int:pk>/withdrawal/", leaves.Withdrawal.as_view(), name="leave-withdrawal"),
    path("people/imports/", imports.Imports.as_view(), name="imports"),
    path("people/imports/<int:pk>/", imports.OneImport.as_view(), name="import"),
    path(
        "people/imports/<int:pk>/confirmation/",
        imports.Confirm.as_view(),
        name="import-confirmation",
    ),
    path("people/imports/<int:pk>/reading/", imports.LookAgain.as_view(), name="import-reading"),
    path(
        "people/imports/<int:pk>/discarding/",
        imports.Discard.as_view(),
        name="import-discarding",
    ),
    path("people/imports/<int:pk>/<slug:part>/", imports.Lists.as_view(), name="import-list"),
    path("people/import-mappings/", imports.Mappings.as_view(), name="import-mappings"),
]
