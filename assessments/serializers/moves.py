"""What each move of a case asks for, as the API takes it. What else must hold, the actions say."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments.actions.gathering import Request
from assessments.actions.reasons import Reason
from assessments.models import Ballot, Feedback, Panel
from assessments.serializers.named import Id, OnePerson, People, found
from assessments.states import Outcome
from people.serializers.strict import Input

LARGEST = 200_000  # characters we read at all; how many a case may hold, the actions say


class Text(serializers.CharField):
    """A text as it was typed; the action says whether it may be empty and how long it may be."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        """Line ends as the database keeps them."""
        return super().to_internal_value(data).replace("\r\n", "\n")


class Nothing(Input):
    """A move that asks for nothing."""


class Submission(Input):
    """Reasons where a guideline is unmet."""

    waiver_reason = Text(required=False)
    off_cycle_reason = Text(required=False)


class NeededReason(Input):
    """Why."""

    reason = Text()


class OptionalReason(Input):
    """Why, if one likes."""

    reason = Text(required=False)


class Asked(Input):
    """One person who is asked for feedback, and who will read the answer."""

    author = Id()
    visibility = serializers.ChoiceField(Feedback.Visibility.choices)


class Gathering(Input):
    """Who is asked."""

    requests = Asked(many=True)

    def validate_requests(self, asked: list[dict[str, Any]]) -> list[Request]:
        """With people in place of their ids."""
        people = found(one["author"] for one in asked)
        return [
            Request(person, one["visibility"]) for person, one in zip(people, asked, strict=True)
        ]


class OneMore(Input):
    """One more person who is asked."""

    author = OnePerson()
    visibility = serializers.ChoiceField(Feedback.Visibility.choices)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """As the action takes it."""
        return {"request": Request(given["author"], given["visibility"])}


class Endorsement(Input):
    """For or against, and why."""

    endorses = serializers.BooleanField()
    text = Text()


class Sponsorship(Input):
    """What somebody senior says."""

    person = OnePerson()
    text = Text()


class Freeze(Input):
    """A note, needed where something is missing."""

    note = Text(required=False)


class Assignment(Input):
    """Who sits on the panel; `voters` includes the chair."""

    chair = OnePerson()
    voters = People()
    alternates = People(required=False)
    approver = OnePerson(required=False, allow_null=True)
    note = Text(required=False)


class Ruling(Input):
    """What the chair says about a conflict."""

    recuse = serializers.BooleanField()
    reason = Text()


class Vote(Input):
    """A ballot."""

    vote = serializers.ChoiceField(Ballot.Vote.choices)
    reason = Text(required=False)


class ForExpectation(Input):
    """What is said about one expectation of the target level."""

    expectation = Id()
    text = Text()

    def to_internal_value(self, data: Any) -> Reason:
        """As the actions take it."""
        return Reason(**super().to_internal_value(data))


class Recommendation(Input):
    """The panel's word; `result` counts only after a second split."""

    text = Text()
    reasons = ForExpectation(many=True)
    result = serializers.ChoiceField(Panel.Result.choices, required=False, allow_blank=True)


class Decision(Input):
    """The outcome with what it asks for: a date, or gaps and a date to look again."""

    outcome = serializers.ChoiceField(Outcome.choices)
    effective_on = serializers.DateField(required=False)
    reasons = ForExpectation(many=True, required=False)
    look_again_on = serializers.DateField(required=False)
    overturn_reason = Text(required=False)

    ASKS = {
        Outcome.APPROVED: {"effective_on"},
        Outcome.APPROVED_NO_SEAT: set(),
        Outcome.DEFERRED: {"reasons", "look_again_on"},
        Outcome.DECLINED: {"reasons", "look_again_on"},
    }

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Every outcome has its own fields: name the missing and those that do not belong."""
        asks = self.ASKS[Outcome(given["outcome"])]
        wrong = set(given) - asks - {"outcome", "overturn_reason"}
        errors = {name: ["This outcome needs it."] for name in sorted(asks - set(given))}
        errors |= {name: ["This does not belong to this outcome."] for name in sorted(wrong)}
        if errors:
            raise serializers.ValidationError(errors)
        return given


class Letter(Input):
    """What the candidate reads."""

    letter = Text()


class Schedule(Input):
    """From when."""

    effective_on = serializers.DateField()


class Attachment(Input):
    """A piece of evidence, for one part of the case or in general."""

    evidence = Id()
    competency = Id(required=False, allow_null=True)
