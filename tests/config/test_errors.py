"""One refusal, two answers: what a person and what a script gets to read."""

import pytest
from django.http import Http404
from django.test import Client
from django.urls import path

from config import urls as house
from people.models import Person
from people.refusals import Conflict, Forbidden, Invalid, Stale

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

REFUSALS = {
    "forbidden": Forbidden("Only HR may."),
    "conflict": Conflict("This case is already decided."),
    "stale": Stale("Petra saved this first."),
    "invalid": Invalid({"statement": ["Say more."]}),
    "gone": Http404(),
    "bug": RuntimeError("secret detail"),
}


def raising(request, kind):
    raise REFUSALS[kind]


urlpatterns = [
    path("raise/<kind>/", raising),
    path("api/raise/<kind>/", raising),
    *house.urlpatterns,
]
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"


@pytest.fixture
def client():
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.create_user("maya@example.com", name="Maya"))
    return client


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("forbidden", 403, "Only HR may."),
        ("conflict", 409, "This case is already decided."),
        ("stale", 409, "Petra saved this first."),
        ("invalid", 422, "Say more."),
        ("gone", 404, ""),
        ("bug", 500, ""),
    ],
)
def test_a_refusal_is_a_page_with_its_reason(client, kind, status, words):
    answer = client.get(f"/raise/{kind}/")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert words in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "status"), [("forbidden", 403), ("conflict", 409), ("gone", 404), ("bug", 500)]
)
def test_under_the_api_it_is_a_problem(client, kind, status):
    answer = client.get(f"/api/raise/{kind}/")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "secret detail" not in answer.content.decode()


def test_a_stranger_who_is_lost_gets_the_same_404_as_everybody():
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert Client().get("/api/v1/no/such/").json()["status"] == 404


def test_a_form_from_elsewhere_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Reload the page" in answer.content.decode()
