"""The accounts that the login page of a demo organisation offers, one click each."""

from django.conf import settings

from people.models import Person

PASSWORD = "twintrack-demo"  # noqa: S105 - of people who do not exist; see settings.DEMO

CAST = {
    "maya@example.com": ("manager", "Write Carl’s promotion case, attach evidence and submit it."),
    "carl@example.com": (
        "engineer",
        "See both next levels side by side and add a piece of evidence.",
    ),
    "sam@example.com": (
        "skip-level",
        "Endorse a case from Maya’s team, or send it back with a reason.",
    ),
    "hana@example.com": (
        "human resources",
        "Run the cycle, name a panel, import people, read the reports.",
    ),
    "petra@example.com": (
        "panel chair",
        "Read a frozen packet, cast your ballot, close the vote and recommend.",
    ),
    "paul@example.com": ("panel member", "Read a frozen packet and cast a sealed ballot."),
    "vera@example.com": ("approver", "Decide a case that a panel has recommended."),
    "edda@example.com": (
        "ladder editor",
        "Change the ladder: your draft is in review; see whom it concerns.",
    ),
    "arjun@example.com": (
        "ladder publisher",
        "Approve Edda’s draft, and see why it waits for the end of the cycle.",
    ),
    "ada@example.com": (
        "administrator",
        "Keep the system running, and see that cases stay closed to you.",
    ),
    "stella@example.com": (
        "somebody else",
        "See what an outsider sees: every ladder, and nobody’s case.",
    ),
}


def offered() -> list[dict[str, str]]:
    """Return {email, name, role, try, password} of each who exists; none outside a demo."""
    if not settings.DEMO:
        return []
    names = dict(Person.objects.filter(email__in=CAST).values_list("email", "name"))
    return [
        {"email": email, "name": names[email], "role": role, "try": idea, "password": PASSWORD}
        for email, (role, idea) in CAST.items()
        if email in names
    ]
