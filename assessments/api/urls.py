"""Addresses of the API of cases, tracks, cycles and reports."""

from django.urls import path

from assessments.api import evidence, search, track

app_name = "api-assessments"

urlpatterns = [
    path("search/", search.Search.as_view(), name="search"),
    path("people/<int:pk>/track/", track.TrackOfPerson.as_view(), name="track"),
    path("people/<int:pk>/evidence/", evidence.EvidenceList.as_view(), name="evidence"),
    path("evidence/<int:pk>/", evidence.EvidencePiece.as_view(), name="evidence-piece"),
]
