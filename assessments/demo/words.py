"""What people at the demo organisation wrote: evidence, statements, feedback, reasons."""

EVIDENCE = {
    "craft": [
        "Took the payout module from no tests to a suite the team trusts, one bug at a time",
        "Rewrote the retry loop so that it reads in one screen; two teams copied it",
    ],
    "architecture": [
        "Retry policy for the card gateway, now used by three teams",
        "Split the ledger import into two steps that can fail apart from each other",
    ],
    "performance-and-reliability": [
        "Found the slow query behind Monday's time-outs and wrote down how",
        "Ran the failover drill; we now know it takes nine minutes, not two",
    ],
    "technical-direction": [
        "Proposed one event format for payouts; two teams follow it",
        "Wrote the note on why we leave the old scheduler, and what we would miss",
    ],
    "growing-others": [
        "Mentored Priya through her first on-call rotation",
        "Paired with two associates every Thursday for a quarter",
    ],
    "organisation": [
        "Set up the rota that ended the weekend hand-overs",
        "Ran the hiring for two seats while Maya was away",
    ],
    "collaboration": [
        "Led the review of the ledger split with Finance",
        "Settled with Mobile who owns the receipt screen, and wrote it down",
    ],
    "alignment-with-the-business": [
        "Showed product what the second provider costs; we dropped it",
        "Turned the chargeback complaint into three changes that customers noticed",
    ],
    "delivery": [
        "Took over the payout migration while two colleagues were away",
        "Cut the refund work into four releases; the first was live in a week",
    ],
}

STATEMENT = (
    "{name} has worked at the level of {level} for some time. The clearest example is the payout "
    "migration: {first} saw early that two teams had started on different formats, wrote both "
    "down, asked each team what it would miss, and proposed one.\n\n"
    "What convinces me is what came after. When one field turned out to be wrong, {first} said so "
    "first, in writing, with a way back. I have not yet seen the same care for a decision outside "
    "our own area, and I say that openly."
)

SECTION = (
    "I have seen this at work in the last two quarters: {evidence}. The approach was written down, "
    "others could follow it, and {first} came back to it when the facts changed."
)

OWN_SECTION = (
    "What I am most pleased with is not the migration itself but that nobody needed me for the "
    "second half of it. What I want to learn next is to say no earlier."
)

FEEDBACK = [
    (
        "{first} explains a trade-off so that I can disagree with it, which is rare. In the "
        "review with Finance this saved us a quarter."
    ),
    (
        "Strong on the substance, and fair when others are slower. I would like to see more of "
        "the early sketches, not only the finished note."
    ),
]

ENDORSEMENT = (
    "I have followed this work from one step further away and see the same. The scope is that of "
    "the level, not of one lucky project."
)

RECOMMENDATION = {
    "promote": "The packet shows the level across two teams, with evidence that others rely on.",
    "not_yet": "The work inside the team is strong. Beyond it the packet shows one example only.",
}

REASON = {
    "promote": "Shown twice, with people outside the team following the approach.",
    "not_yet": "One more example outside the own team, followed through for a quarter.",
}

LETTER = {
    "approved": (
        "Dear {first},\n\nthe panel and the approver agree: you are promoted to {level}. Your "
        "packet stood out because other teams rely on what you wrote down. Congratulations."
    ),
    "deferred": (
        "Dear {first},\n\nthis time the answer is not yet. The panel saw strong work inside the "
        "team and wants to see one more example beyond it. We look at it again together in half "
        "a year, and I will help you find the right piece of work for it."
    ),
    "approved_no_seat": (
        "Dear {first},\n\nthe panel finds you ready for {level}. There is no seat at this level "
        "today; the finding stays, and we come back to you when one opens."
    ),
}

PLAN = """# Two deployments a day

1. Split the ledger from the payouts.
2. Give each its own pipeline.
3. Watch the error rate for two weeks.
"""
"""A file that Carl keeps with one of his pieces."""
