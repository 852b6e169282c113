"""What every endpoint does alike: tokens, scopes, cursors, keys, allowances, problems."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import encode_multipart
from django.urls import path
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.test import APIClient

from people.api.authentication import digest
from people.api.endpoint import Endpoint, tagged, version_asked_for
from people.models import ApiToken, IdempotencyKey, Person, Team
from people.refusals import Conflict, Forbidden, Invalid, Stale

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Name(serializers.Serializer):
    name = serializers.CharField(max_length=20)


class Teams(Endpoint):
    scope = "people:write"
    ordering = "pk"
    serializer_class = Name

    def get(self, request):
        return self.page(Team.objects.all(), lambda rows: [{"name": row.name} for row in rows])

    def post(self, request):
        asked = Name(data=request.data)
        asked.is_valid(raise_exception=True)
        name = asked.validated_data["name"]
        if name == "taken":
            raise Conflict("There is such a team already.")
        team = Team.objects.create(name=name, key=name)
        if name == "broken":
            raise RuntimeError("a bug")
        return Response({"id": team.pk, "name": name, "at": timezone.now()}, status=201)


class Refusals(Endpoint):
    scope = "reports:read"

    def get(self, request, kind):
        refusals = {
            "forbidden": Forbidden("Only HR may."),
            "invalid": Invalid({"name": ["Too long."]}),
            "stale": Stale("Petra saved this first.", {"text": "hers"}),
        }
        raise refusals[kind]

    def post(self, request, kind):
        return Response({})


class Version(Endpoint):
    def get(self, request):
        return tagged(Response({"asked": version_asked_for(request)}), 7)

    post = get


urlpatterns = [
    path("api/v1/teams/", Teams.as_view()),
    path("api/v1/refusals/<kind>/", Refusals.as_view()),
    path("api/v1/version/", Version.as_view()),
]
handler404 = "config.errors.not_found"
TEAMS, VERSION = "/api/v1/teams/", "/api/v1/version/"


@pytest.fixture
def maya():
    return Person.objects.create_user("maya@example.com", name="Maya")


@pytest.fixture
def script(maya):
    """Gives a client that calls with a token of Maya's: `script("read")`."""

    def with_scopes(*scopes, **fields):
        secret = f"tt_{'-'.join(scopes)}"
        ApiToken.objects.create(
            person=maya, name="script", prefix="tt", digest=digest(secret), scopes=scopes, **fields
        )
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return with_scopes


@pytest.fixture
def browser(maya):
    client = APIClient()
    client.force_authenticate(maya)
    return client


def assert_problem(answer, status, words):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())
    assert words in answer.json()["detail"]


def test_a_stranger_is_asked_for_a_token():
    answer = APIClient().get(TEAMS)
    assert_problem(answer, 401, "not provided")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_an_unknown_token_is_401_not_a_stranger(script):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer tt_guess")
    assert_problem(client.get(TEAMS), 401, "not known")


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"revoked_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_an_expired_or_revoked_token_is_401(script, fields):
    assert_problem(script("read", **fields).get(TEAMS), 401, "expired or was revoked")


def test_a_person_who_may_not_sign_in_has_no_token(script, maya):
    client = script("read")
    Person.objects.filter(pk=maya.pk).update(is_active=False)
    assert_problem(client.get(TEAMS), 401, "no longer sign in")


def test_the_use_of_a_token_is_noted_once_a_minute(script, django_assert_num_queries):
    client = script("read")
    client.get(TEAMS)
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    with django_assert_num_queries(2):  # the token with its person, and the rows
        client.get(TEAMS)
    assert ApiToken.objects.get().last_used_at == first


def test_a_token_does_what_its_scopes_say(script):
    reader, writer = script("read"), script("people:write")
    assert reader.get(TEAMS).status_code == 200
    assert_problem(reader.post(TEAMS, {"name": "Search"}), 403, "people:write")
    assert writer.post(TEAMS, {"name": "Search"}).status_code == 201
    assert_problem(writer.get(TEAMS), 403, "“read”")


def test_reports_need_their_own_scope_and_never_take_writes(script):
    assert_problem(script("read").get("/api/v1/refusals/stale/"), 403, "reports:read")
    assert script("reports:read").get("/api/v1/refusals/stale/").status_code == 412


def test_a_door_without_a_scope_for_writing_is_closed_to_tokens(script):
    assert_problem(script("read").post("/api/v1/version/"), 403, "cannot be done with a token")


def test_refusals_are_problems_with_their_reason(browser):
    assert_problem(browser.get("/api/v1/refusals/forbidden/"), 403, "Only HR may.")
    invalid = browser.get("/api/v1/refusals/invalid/")
    assert_problem(invalid, 400, "Too long.")
    assert invalid.json()["errors"] == {"name": ["Too long."]}
    stale = browser.get("/api/v1/refusals/stale/")
    assert_problem(stale, 412, "Petra saved this first.")
    assert stale.json()["current"] == {"text": "hers"}


def test_bad_input_names_the_field(browser):
    answer = browser.post(TEAMS, {})
    assert_problem(answer, 400, "name: This field is required.")
    assert answer.json()["errors"] == {"name": ["This field is required."]}


def test_broken_json_and_foreign_types_are_problems(browser):
    assert_problem(browser.post(TEAMS, "{", content_type="application/json"), 400, "JSON")
    assert_problem(browser.post(TEAMS, "a", content_type="text/plain"), 415, "text/plain")


def test_nothing_under_the_api_is_a_page(browser):
    assert_problem(browser.get("/api/v1/nothing/"), 404, "nothing here")


def test_pages_of_a_list_are_walked_by_cursor(browser):
    Team.objects.bulk_create(Team(name=f"T{n}", key=f"T{n}") for n in range(120))
    first = browser.get(TEAMS).json()
    assert list(first) == ["next", "previous", "results"]
    names, page = [], first
    while True:
        assert len(page["results"]) <= 50
        names += [row["name"] for row in page["results"]]
        if page["next"] is None:
            break
        page = browser.get(page["next"]).json()
    assert names == [f"T{n}" for n in range(120)]


def test_a_page_has_200_rows_at_most(browser):
    Team.objects.bulk_create(Team(name=f"T{n}", key=f"T{n}") for n in range(210))
    assert len(browser.get(TEAMS, {"page_size": 1000}).json()["results"]) == 200
    assert len(browser.get(TEAMS, {"page_size": 7}).json()["results"]) == 7


@pytest.mark.parametrize("size", ["0", "-1", "many", "", "9" * 5000])
def test_a_size_that_is_no_number_of_rows_is_refused(browser, size):
    answer = browser.get(TEAMS, {"page_size": size})
    assert_problem(answer, 400, "1 to 200")
    assert list(answer.json()["errors"]) == ["page_size"]


def test_a_call_that_is_too_large_says_so(browser):
    answer = browser.post(TEAMS, {"name": "x" * 3_000_000}, format="json")
    assert_problem(answer, 400, "more than is read at once")


def test_the_same_key_and_body_answer_the_same_once(browser):
    first = browser.post(TEAMS, {"name": "Search"}, HTTP_IDEMPOTENCY_KEY="k1")
    again = browser.post(TEAMS, {"name": "Search"}, HTTP_IDEMPOTENCY_KEY="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Team.objects.count() == 1


def test_an_answer_is_replayed_with_its_version(browser):
    first = browser.post(VERSION, {}, HTTP_IDEMPOTENCY_KEY="k1")
    again = browser.post(VERSION, {}, HTTP_IDEMPOTENCY_KEY="k1")
    assert first["ETag"] == again["ETag"] == '"7"'


def test_a_refusal_is_replayed_as_a_problem(browser):
    first = browser.post(TEAMS, {"name": "taken"}, HTTP_IDEMPOTENCY_KEY="k1")
    again = browser.post(TEAMS, {"name": "taken"}, HTTP_IDEMPOTENCY_KEY="k1")
    assert_problem(first, 409, "such a team")
    assert_problem(again, 409, "such a team")


def test_a_key_is_of_one_call_and_of_one_person(browser):
    browser.post(TEAMS, {"name": "Search"}, HTTP_IDEMPOTENCY_KEY="k1")
    other = browser.post(TEAMS, {"name": "Data"}, HTTP_IDEMPOTENCY_KEY="k1")
    assert_problem(other, 409, "different call")
    browser.force_authenticate(Person.objects.create_user("carl@example.com", name="Carl"))
    assert browser.post(TEAMS, {"name": "Data"}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 201


def test_a_call_that_breaks_leaves_neither_key_nor_effect(browser):
    browser.raise_request_exception = False
    answer = browser.post(TEAMS, {"name": "broken"}, HTTP_IDEMPOTENCY_KEY="k1")
    assert answer.status_code == 500
    assert not IdempotencyKey.objects.exists()
    assert not Team.objects.exists()


def test_an_upload_is_known_by_its_content_not_by_its_boundary(browser):
    def upload(boundary, text):
        file = SimpleUploadedFile("people.csv", text)
        body = encode_multipart(boundary, {"name": "Search", "file": file})
        kind = f"multipart/form-data; boundary={boundary}"
        return browser.post(TEAMS, body, content_type=kind, HTTP_IDEMPOTENCY_KEY="k1")

    assert upload("one", b"a,b").status_code == 201
    assert upload("two", b"a,b")["Idempotency-Replayed"] == "true"
    assert upload("two", b"a,c").status_code == 409


def test_old_keys_are_forgotten(browser):
    browser.post(TEAMS, {"name": "Search"}, HTTP_IDEMPOTENCY_KEY="k1")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=8))
    browser.post(TEAMS, {"name": "Data"}, HTTP_IDEMPOTENCY_KEY="k2")
    assert [kept.key for kept in IdempotencyKey.objects.all()] == ["k2"]


def test_a_key_that_is_too_long_is_refused(browser):
    answer = browser.post(TEAMS, {"name": "Search"}, HTTP_IDEMPOTENCY_KEY="k" * 201)
    assert_problem(answer, 400, "at most 200")


@pytest.mark.django_db(transaction=True)
def test_ten_calls_with_one_key_at_once_have_one_effect(maya):
    answers = []

    def call():
        client = APIClient()
        client.force_authenticate(maya)
        answers.append(client.post(TEAMS, {"name": "Search"}, HTTP_IDEMPOTENCY_KEY="k1"))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert Team.objects.count() == 1


def test_versions_travel_as_etags(browser):
    answer = browser.get("/api/v1/version/", HTTP_IF_MATCH='"7"')
    assert answer["ETag"] == '"7"'
    assert answer.json() == {"asked": 7}
    assert browser.get("/api/v1/version/").json() == {"asked": None}
    assert_problem(browser.get("/api/v1/version/", HTTP_IF_MATCH="x"), 400, "not an ETag")


def test_the_allowance_of_a_minute(script, settings):
    settings.API_CALLS_PER_MINUTE = 3
    client = script("read")
    statuses = [client.get(TEAMS).status_code for _ in range(8)]
    # The minute may turn in the middle, which gives at most one more round of three.
    assert statuses.count(429) >= 2
    refused = next(a for a in (client.get(TEAMS) for _ in range(8)) if a.status_code == 429)
    assert_problem(refused, 429, "throttled")
    assert 0 < int(refused["Retry-After"]) <= 60


def test_an_endless_version_is_refused_and_breaks_nothing(rf):
    with pytest.raises(Invalid, match="not an ETag"):
        version_asked_for(rf.get("/", headers={"If-Match": f'"{"1" * 5_000}"'}))


def test_a_cache_that_is_away_does_not_close_the_api(script, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",  # nobody listens there
            "OPTIONS": {"retry": Retry(NoBackoff(), 1)},
        }
    }
    assert script("read").get(TEAMS).status_code == 200
