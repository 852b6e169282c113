"""Personal tokens: made once, shown once, of use until they end."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.actions import people, tokens
from people.models import ApiToken, Event, Person, Role
from people.refusals import Forbidden, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Person:
    """Somebody who wants a token."""
    return people.add(by=None, name="Maya Manager", email="maya@example.com")


@pytest.fixture
def carl() -> Person:
    """Somebody else."""
    return people.add(by=None, name="Carl Candidate", email="carl@example.com")


def call(client, plain: str, url: str = "/api/v1/people/"):
    return client.get(url, headers={"Authorization": f"Bearer {plain}"})


def test_a_token_opens_the_api_and_is_kept_only_as_a_digest(client, maya):
    token, plain = tokens.create(maya, by=maya, name="script", scopes=["read"])

    assert call(client, plain).status_code == 200
    assert plain.startswith("tt_")
    assert plain not in str(ApiToken.objects.values().get())
    assert token.prefix == plain[:10]
    assert plain not in str(list(Event.objects.values()))


def test_a_revoked_token_counts_no_longer(client, maya):
    token, plain = tokens.create(maya, by=maya, name="script", scopes=["read"])
    tokens.revoke(token, by=maya)
    tokens.revoke(token, by=maya)

    assert call(client, plain).status_code == 401
    assert Event.objects.filter(verb="token.revoke").count() == 1


def test_a_token_is_made_and_revoked_by_its_owner(maya, carl):
    with pytest.raises(Forbidden):
        tokens.create(maya, by=carl, name="mine", scopes=["read"])
    token, _ = tokens.create(maya, by=maya, name="script", scopes=["read"])
    with pytest.raises(Forbidden):
        tokens.revoke(token, by=carl)

    ada = people.set_roles(carl, by=None, roles=[Role.ADMIN])
    assert tokens.revoke(token, by=ada).revoked_at is not None


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"expires_at": timezone.now() - datetime.timedelta(days=1)}, "expires_at"),
        ({"expires_at": timezone.now() + datetime.timedelta(days=999)}, "expires_at"),
    ],
)
def test_a_token_has_a_name_scopes_and_an_end(maya, options, field):
    with pytest.raises(Invalid) as refused:
        tokens.create(maya, by=maya, **({"name": "x", "scopes": ["read"]} | options))

    assert list(refused.value.errors) == [field]


def test_the_page_shows_the_token_once(client, maya):
    client.force_login(maya)

    made = client.post(
        "/account/tokens/", {"name": "nightly", "scopes": ["read", "reports:read"], "days": "90"}
    )
    plain = made.context["plain"]

    assert plain.encode() in made.content
    assert call(client, plain).status_code == 200
    again = client.get("/account/tokens/")
    assert plain.encode() not in again.content
    assert b"nightly" in again.content
    assert "no-store" in made["Cache-Control"]


def test_the_page_keeps_what_was_typed_when_it_refuses(client, maya):
    client.force_login(maya)

    answer = client.post("/account/tokens/", {"name": "nightly", "days": "90"})

    assert answer.status_code == 422
    assert b'value="nightly"' in answer.content
    assert not ApiToken.objects.exists()


def test_the_page_revokes_ones_own_token_and_no_other(client, maya, carl):
    client.force_login(maya)
    mine, _ = tokens.create(maya, by=maya, name="mine", scopes=["read"])
    other, _ = tokens.create(carl, by=carl, name="other", scopes=["read"])

    assert client.post(f"/account/tokens/{mine.pk}/revocation/").status_code == 302
    assert client.post(f"/account/tokens/{other.pk}/revocation/").status_code == 404
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.revoked_at is None, other.revoked_at is None) == (False, True)


def test_the_command_prints_a_token_that_works(client, maya):
    out = StringIO()
    call_command("create_token", "maya@example.com", scope=["read"], days=5, stdout=out, stderr=out)

    assert call(client, out.getvalue().split()[0]).status_code == 200


def test_the_command_knows_only_people_who_can_sign_in(maya):
    people.leave(maya, by=None, on=datetime.date(2025, 1, 1))

    with pytest.raises(CommandError, match="Nobody"):
        call_command("create_token", "maya@example.com", scope=["read"])


def test_a_time_zone_is_set_by_its_owner(client, maya):
    client.force_login(maya)

    assert client.post("/account/", {"time_zone": "Pacific/Apia"}).status_code == 302
    assert client.post("/account/", {"time_zone": "Moon/Base"}).status_code == 422
    maya.refresh_from_db()
    assert maya.time_zone == "Pacific/Apia"
