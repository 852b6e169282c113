"""The moves of a case but those of its panel and its decision, one noun a move."""

from __future__ import annotations

from assessments.actions import cases, gathering
from assessments.api.case import MoveEndpoint
from assessments.serializers import moves as shapes


class Submission(MoveEndpoint):
    """POST: hand the case on."""

    serializer_class = shapes.Submission
    act = staticmethod(cases.submit)


class Return(MoveEndpoint):
    """POST: send it back to its manager."""

    serializer_class = shapes.NeededReason
    act = staticmethod(cases.send_back)


class Repin(MoveEndpoint):
    """POST: move it to the published version of its ladder."""

    serializer_class = shapes.NeededReason
    act = staticmethod(cases.repin)


class Gathering(MoveEndpoint):
    """POST: ask colleagues for feedback."""

    serializer_class = shapes.Gathering
    act = staticmethod(gathering.gather)


class Requests(MoveEndpoint):
    """POST: ask one more person."""

    serializer_class = shapes.OneMore
    act = staticmethod(gathering.ask_another)


class Endorsement(MoveEndpoint):
    """POST: the skip-level's word."""

    serializer_class = shapes.Endorsement
    act = staticmethod(gathering.endorse)


class Sponsorship(MoveEndpoint):
    """POST: the word of a sponsor."""

    serializer_class = shapes.Sponsorship
    act = staticmethod(gathering.sponsor)


class Freeze(MoveEndpoint):
    """POST: freeze the packet."""

    serializer_class = shapes.Freeze
    act = staticmethod(gathering.freeze)


class Withdrawal(MoveEndpoint):
    """POST: end the case, as its candidate or as the manager."""

    serializer_class = shapes.OptionalReason
    act = staticmethod(cases.withdraw)


class Cancellation(MoveEndpoint):
    """POST: end the case because the candidate leaves."""

    serializer_class = shapes.OptionalReason
    act = staticmethod(cases.cancel)
