
from django.urls import path

from assessments.pages import evidence, track

app_name = "assessments"

urlpatterns = [
    path("track/", track.my_track, name="my-track"),
    path("people/<int:pk>/track/", track.of_person, name="track"),
    path("evidence/", evidence.pieces, name="evidence"),
    path("evidence/evidence.csv", evidence.download, name="evidence-download"),
    path("evidence/<int:pk>/", evidence.piece, name="evidence-piece"),
]
