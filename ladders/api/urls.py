"""Addresses of the API about ladders."""

from django.urls import path

from ladders.api import comparison, ladders, people

app_name = "api-ladders"

urlpatterns = [
    path("people/", people.People.as_view(), name="people"),
    path("people/<int:pk>/", people.OnePerson.as_view(), name="person"),
    path("people/<int:pk>/placements/", people.Placements.as_view(), name="placements"),
    path("ladders/", ladders.Ladders.as_view(), name="ladders"),
    path("ladders/comparison/", comparison.Levels.as_view(), name="comparison"),
    path("ladders/<slug:slug>/", ladders.Ladder.as_view(), name="ladder"),
    path("ladders/<slug:slug>/versions/", ladders.Versions.as_view(), name="versions"),
    path(
        "ladders/<slug:slug>/versions/<str:number>/",
        ladders.Version.as_view(),
        name="version",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/files/<str:form>/",
        ladders.File.as_view(),
        name="file",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/diff/",
        ladders.Diff.as_view(),
        name="diff",
    ),
]
