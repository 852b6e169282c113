"""Addresses of the pages about cases, tracks, cycles and reports."""

from django.urls import path

from assessments.pages import evidence, search, track

app_name = "assessments"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("track/", track.my_track, name="my-track"),
    path("people/<int:pk>/track/", track.of_person, name="track"),
    path("evidence/", evidence.pieces, name="evidence"),
    path("evidence/evidence.csv", evidence.download, name="evidence-download"),
    path("evidence/<int:pk>/", evidence.piece, name="evidence-piece"),
]
