"""Every page in its main states, light and dark, on a desk and on a phone: axe finds nothing."""

from __future__ import annotations

import datetime

import pytest
from django.urls import URLPattern, get_resolver, resolve
from playwright.sync_api import expect

from tests import cast as story
from tests.assessments import cycle_story
from tests.browser import world

pytestmark = pytest.mark.browser

EMPTY = """
    nobody  /account/login/
    nobody  /account/reset/
    nobody  /account/reset/sent/
    nobody  /account/reset/1-1/
    nobody  /account/reset/done/
    nobody  /account/inactive/
    nobody  /public/ladders/
    stella  /
    stella  /inbox/
    hana    /track/
    stella  /track/
    vera    /track/
    ulla    /team/
    stella  /evidence/
    stella  /evidence/new/
    hana    /evidence/new/
    stella  /evidence/import/
    stella  /track/weigh/
    hana    /track/weigh/
    stella  /moves/
    stella  /cases/
    stella  /cases/new/
    hana    /cases/new/
    hana    /cases/new/?q=nobody-of-this-name
    stella  /panels/
    stella  /feedback/
    stella  /cycles/
    hana    /cycles/
    hana    /cycles/new/
    stella  /reports/
    anna    /reports/promotion-rate/
    anna    /reports/level-distribution/
    hana    /reports/orphans/
    ada     /people/imports/
    hana    /ladders/imports/
    stella  /ladders/imports/                   403
    ada     /
    stella  /search/
    stella  /how-promotion-works/
    stella  /search/?q=nobody-of-this-name
    stella  /people/?q=nobody-of-this-name
    stella  /organisation/?q=nobody-of-this-name
    stella  /organisation/orphans/
    stella  /account/tokens/
    stella  /more/
    stella  /shortcuts/
    stella  /account/logout/
    stella  /account/password/
    stella  /account/reauthenticate/
    stella  /people/imports/                    403
    stella  /cases/999/                         404
"""
FILLED = """
    maya    /
    hana    /
    petra   /
    sam     /
    maya    /inbox/
    maya    /inbox/?unread=true
    carl    /track/
    maya    /people/{carl}/track/
    otto    /track/weigh/
    carl    /track/weigh/
    hana    /moves/
    maya    /moves/{move_discussed}/
    carl    /moves/{move_of_carl}/
    carl    /moves/{move_of_carl}/proposal/
    hana    /moves/{move_exploring}/            404
    sam     /moves/{move_proposed}/
    sam     /moves/{move_proposed}/welcome/
    sam     /moves/{move_in_trial}/
    sam     /moves/{move_in_trial}/checkpoints/
    hana    /moves/{move_in_trial}/
    hana    /moves/{move_in_trial}/extension/
    hana    /moves/{move_in_trial}/pulse/
    ulla    /moves/pulses/{pulse}/
    ulla    /
    sam     /moves/pulses/{pulse}/              404
    sam     /moves/{move_in_trial}/ending/
    maya    /moves/{move_returned}/
    maya    /team/
    hana    /people/{maya}/team/
    carl    /evidence/
    carl    /evidence/{piece}/
    carl    /evidence/?tag=payouts&since=2020-01-01
    stella  /people/
    stella  /organisation/
    hana    /organisation/?q=maya
    hana    /organisation/{maya}/
    maya    /organisation/{maya}/
    carl    /organisation/{carl}/?as_of=2025-01-01
    stella  /people/{carl}/
    hana    /people/{carl}/
    hana    /people/{carl}/records/
    carl    /people/{carl}/records/
    maya    /people/{carl}/records/?as_of=2024-01-01&known_at=2025-01-01T10%3A00
    stella  /people/{carl}/records/             404
    hana    /people/{carl}/records/placement/
    hana    /people/{carl}/records/line/
    hana    /people/{carl}/records/rehire/
    hana    /placements/{placement}/correction/
    hana    /lines/{line}/correction/
    maya    /placements/{placement}/correction/  403
    maya    /people/{carl}/growth-talks/
    carl    /people/{carl}/growth-talks/
    hana    /people/{carl}/growth-talks/
    sam     /people/{carl}/growth-talks/        404
    hana    /people/{carl}/leave/
    carl    /people/{carl}/leave/
    maya    /people/{carl}/leave/               404
    hana    /leaves/{leave}/correction/
    hana    /leaves/{leave}/return/
    hana    /leaves/{leave}/withdrawal/
    stella  /ladders/
    stella  /ladders/software-engineering/
    carl    /ladders/software-engineering/?track=staff
    carl    /ladders/software-engineering/?cell=delivery%3Astaff-engineer
    carl    /ladders/software-engineering/?q=incident
    stella  /ladders/software-engineering/?q=nothing-like-this
    carl    /ladders/software-engineering/versions/1.0.0/
    stella  /ladders/every-corner/versions/
    stella  /ladders/every-corner/versions/3.0.0/changes/
    carl    /ladders/software-engineering/versions/1.0.0/changes/
    stella  /ladders/software-engineering/levels/staff-engineer/
    carl    /ladders/software-engineering/competencies/technical-direction/
    hana    /ladders/
    hana    /ladders/drafts/
    carl    /ladders/drafts/                    403
    hana    /ladders/software-engineering/versions/draft-2/
    hana    /ladders/software-engineering/versions/draft-2/edit/
    hana    /ladders/software-engineering/versions/draft-2/edit/?cell=delivery%3Astaff-engineer
    hana    /ladders/software-engineering/versions/draft-2/edit/?view=levels
    hana    /ladders/software-engineering/versions/draft-2/edit/?{edit_level}
    hana    /ladders/software-engineering/versions/draft-2/edit/?{remove_level}
    hana    /ladders/software-engineering/versions/draft-2/edit/?{add_link}
    hana    /ladders/software-engineering/versions/draft-2/edit/?view=framework
    hana    /ladders/software-engineering/versions/draft-2/edit/?{add_meaning}
    hana    /ladders/software-engineering/versions/draft-2/edit/?view=readiness&gaps=all
    carl    /ladders/software-engineering/versions/draft-2/edit/   404
    stella  /ladders/software-engineering/versions/1.0.0/competencies/delivery/
    stella  /ladders/software-engineering/booklet/
    carl    /ladders/software-engineering/versions/1.0.0/booklet/
    nobody  /public/ladders/
    nobody  /public/ladders/software-engineering/
    nobody  /public/ladders/software-engineering/booklet/
    nobody  /public/ladders/software-engineering/levels/staff-engineer/
    nobody  /public/ladders/software-engineering/competencies/delivery/
    nobody  /public/ladders/software-engineering/versions/1.0.0/
    nobody  /public/ladders/software-engineering/versions/1.0.0/booklet/
    nobody  /public/ladders/software-engineering/versions/1.0.0/levels/staff-engineer/
    nobody  /public/ladders/software-engineering/versions/1.0.0/competencies/delivery/
    nobody  /public/ladders/nothing/            404
    hana    /ladders/software-engineering/
    stella  /ladders/comparison/?left=software-engineering:engineer
    carl    /ladders/comparison/?{two_levels}
    stella  /ladders/software-engineering/versions/1.0.0/levels/engineering-manager/
    maya    /cycles/
    hana    /cycles/{cycle}/
    maya    /cycles/{cycle}/
    hana    /cycles/{drafted}/
    hana    /cycles/{drafted}/dates/
    hana    /cycles/{cycle}/extension/
    hana    /ladders/small/versions/{reviewed}/publishing/
    henry   /ladders/small/versions/{reviewed}/publishing/
    stella  /ladders/small/versions/2.0.0/publishing/  403
    hana    /ladders/small/versions/2.0.0/publishing/
    henry   /ladders/small/versions/{reviewed}/publishing/approval/
    henry   /ladders/small/versions/{reviewed}/publishing/publication/
    hana    /ladders/small/versions/{reviewed}/publishing/abandonment/
    hana    /ladders/small/versions/2.0.0/publishing/class/  409
    maya    /cases/{keeps}/
    hana    /cases/{keeps}/repin/
    maya    /cases/
    hana    /cases/?state=all
    maya    /cases/new/
    maya    /cases/new/?candidate={fred}
    hana    /cases/new/?q=fred
    maya    /cases/{draft}/
    maya    /cases/{draft}/edit/?part=statement
    maya    /cases/{draft}/edit/?part={part}
    carl    /cases/{draft_of_carl}/edit/
    carl    /cases/{draft_of_carl}/
    maya    /cases/{draft}/preview/
    maya    /cases/{draft}/submission/
    maya    /cases/{draft}/withdrawal/
    otto    /cases/{handed}/
    otto    /cases/{handed}/handover-request/
    hana    /cases/{asked}/
    maya    /cases/{handed}/handover-statement/
    maya    /cases/{asked}/handover-statement/
    hana    /cases/{asked}/handover/            409
    maya    /cases/{moving}/handover/
    hana    /cases/{submitted}/
    hana    /cases/{submitted}/gathering/
    hana    /cases/{submitted}/return/
    hana    /cases/{submitted}/cancellation/
    sam     /cases/{submitted}/
    sam     /cases/{submitted}/endorsement/
    hana    /cases/{gathering}/
    hana    /cases/{gathering}/requests/
    hana    /cases/{gathering}/sponsorship/
    hana    /cases/{gathering}/freeze/
    hana    /cases/{frozen}/
    hana    /cases/{frozen}/panel/
    stella  /feedback/
    stella  /feedback/{feedback}/
    stella  /feedback/{feedback}/refusal/
    stella  /feedback/{answered}/
    petra   /panels/
    petra   /cases/{in_review}/
    petra   /cases/{in_review}/panel-view/
    petra   /cases/{in_review}/ballot/
    paul    /cases/{in_review}/conflict/
    petra   /cases/{in_review}/ruling/{seat}/
    petra   /cases/{voted}/panel-view/
    petra   /cases/{voted}/recommendation/
    petra   /cases/{split}/second-ballot/
    vera    /cases/{recommended}/
    vera    /cases/{recommended}/panel-view/
    vera    /cases/{recommended}/decision/
    vera    /cases/{recommended}/decision/?outcome=decline
    maya    /cases/{decided}/
    maya    /cases/{decided}/communication/
    maya    /cases/{scheduled}/
    hana    /cases/{declined}/
    hana    /cases/{effective}/
    hana    /cases/{no_seat}/
    hana    /cases/{no_seat}/schedule/
    hana    /cases/{no_seat}/closure/
    hana    /reports/
    hana    /reports/promotion-rate/
    hana    /reports/promotion-rate/?group_by=unit
    hana    /reports/level-distribution/
    hana    /reports/orphans/
    stella  /reports/level-distribution/         403
    hana    /people/imports/
    hana    /people/imports/{import}/
    hana    /people/imports/{import}/created/
    hana    /ladders/imports/
    hana    /ladders/imports/{ladder_import}/
    hana    /ladders/imports/{ladder_refused}/
    carl    /account/
    carl    /account/tokens/
    carl    /account/privacy/
    hana    /people/relevels/
    hana    /people/relevels/{relevel}/
    hana    /people/relevels/new/?old={text}&new={text}
    maya    /people/relevels/                    403
    maya    /account/delegations/
    hana    /account/delegations/
    hana    /cases/{in_review}/accesses/
    carl    /cases/{draft_of_carl}/accesses/
    maya    /search/?q=carl
    maya    /more/
    maya    /cases/{draft}/ballot/              403
    hana    /cases/{frozen}/freeze/             409
"""
REFUSED = """
    nobody  /account/login/                     200  Sign in
    nobody  /account/reset/                     200  Send the link
    maya    /people/{carl}/growth-talks/        422  Note the talk
    hana    /people/{carl}/leave/               422  Record leave
    hana    /leaves/{leave}/withdrawal/         422  Withdraw the leave
    carl    /account/password/                  200  Change password
    carl    /account/tokens/                    422  Make token
    hana    /people/imports/                    422  Look at this file
    hana    /ladders/imports/                   422  Look at this file
    carl    /evidence/                          422  Add evidence
    carl    /evidence/{piece}/                  422  Save changes
    carl    /evidence/import/                   422  Look at this file
    carl    /evidence/{piece}/                  422  Add file
    hana    /people/{carl}/records/placement/   422  Place
    hana    /people/{carl}/records/line/        422  Change
    hana    /people/{carl}/records/departure/   422  Record the last day
    hana    /people/{carl}/records/rehire/      422  Record the return
    hana    /placements/{placement}/correction/  422  Correct
    hana    /lines/{line}/correction/           422  Correct
    carl    /moves/{move_of_carl}/proposal/     422  Propose the move
    hana    /moves/{move_proposed}/return/      422  Open the plan again
    sam     /moves/{move_in_trial}/checkpoints/ 422  Save these words
    ulf     /moves/pulses/{pulse}/              422  Answer without your name
    hana    /cycles/new/                        422  Draft the cycle
    hana    /cycles/{drafted}/dates/            422  Save the dates
    hana    /cycles/{cycle}/extension/          422  Extend the phase
    hana    /ladders/small/versions/{reviewed}/publishing/return/       422  Take back
    henry   /ladders/small/versions/{reviewed}/publishing/publication/  422  Publish
    hana    /cases/new/?candidate={fred}        422  Open case
    hana    /cases/{submitted}/return/          422  Send back
    hana    /cases/{keeps}/repin/               422  Move the case
    hana    /cases/{submitted}/gathering/       422  Ask them
    sam     /cases/{submitted}/endorsement/     422  Give your word
    hana    /cases/{gathering}/requests/        422  Ask them
    hana    /cases/{gathering}/sponsorship/     422  Add it
    hana    /cases/{gathering}/freeze/          422  Freeze the packet
    hana    /cases/{frozen}/panel/              422  Name the panel
    petra   /cases/{in_review}/ballot/          422  Cast ballot
    paul    /cases/{in_review}/conflict/        422  Declare the conflict
    petra   /cases/{in_review}/ruling/{seat}/   422  Give the ruling
    petra   /cases/{in_review}/ballot-closure/  409  Close the ballot
    petra   /cases/{voted}/recommendation/      422  Give the recommendation
    vera    /cases/{recommended}/decision/      422  Approve
    vera    /cases/{recommended}/decision/?outcome=defer  422  Defer
    maya    /cases/{decided}/communication/     422  Send the letter
    hana    /cases/{no_seat}/schedule/          422  Schedule
    hana    /cases/{no_seat}/closure/           422  Close case
    stella  /feedback/{feedback}/               422  Give feedback
    hana    /ladders/drafts/                    422  Start the draft
    hana    /ladders/software-engineering/versions/draft-2/edit/?{add_link}    422  Add the link
"""
NO_PAGE = """
    healthz readyz schema docs people:theme people:import-sheet people:token-revocation
    people:import-reading people:import-discarding
    ladders:file ladders:template ladders:changes-file ladders:comparison-file ladders:opening
    ladders:closure ladders:copy assessments:evidence-download assessments:inbox-reading
    assessments:notification-reading assessments:evidence-archive assessments:evidence-return
    assessments:evidence-file assessments:evidence-file-removal assessments:evidence-files
    assessments:case-file assessments:own-data assessments:happy-here assessments:happy-here-end
    assessments:cycle-announcement assessments:cycle-closure assessments:delegation-move
    assessments:growth-talk-withdrawal assessments:team-download
    assessments:cases-download assessments:case-evidence
"""  # files, forms without a page of their own, and the documentation that another project draws
CLEAR = """() => { for (const form of document.querySelectorAll('main form')) {
    form.noValidate = true;
    for (const one of form.querySelectorAll('textarea, input'))
        if (!['hidden', 'radio', 'checkbox', 'file'].includes(one.type)) one.value = '';
} }"""
ANCHORS = """() => [...document.querySelectorAll('error-summary a')]
    .filter(link => !document.getElementById(link.hash.slice(1))).map(link => link.outerHTML)"""


def lines(table, things):
    """(person, path, status, what is pressed) of every line; 200 unless it says otherwise."""
    for line in table.format(**things).strip().splitlines():
        person, path, status, button = [*line.split(None, 3), "200", ""][:4]
        if path and not status.isdecimal():
            status, button = "200", ""
        yield person, path, int(status), button


@pytest.fixture
def visit(cast, axe, sit_down):
    """`visit("maya")`: her browser; `nobody` is not signed in."""
    open_ones = {}

    def arrive(name):
        if name not in open_ones:
            visitor = sit_down()
            open_ones[name] = visitor
            visitor.axe = axe
            visitor.looks = False
            if name != "nobody":
                visitor.is_signed_in_as(getattr(cast, name))
        return open_ones[name]

    return arrive


@pytest.mark.long
@pytest.mark.parametrize("table", [EMPTY, FILLED], ids=["empty", "filled"])
def test_a_page_is_well(cast, visit, problems, table):
    things = world.fill(cast) if table is FILLED else {}
    for name, path, status, _ in lines(table, things):
        visitor = visit(name)
        visitor.go(path, None)
        if (visitor.path, visitor.status) != (path, status):
            problems.append(f"{path} as {name} leads to {visitor.path}, {visitor.status}")
        visitor.look(closely=True)


@pytest.mark.long
def test_a_refused_form_says_why_takes_the_focus_and_is_well(cast, visit, problems):
    things = world.fill(cast)
    for name, path, status, button in lines(REFUSED, things):
        visitor = visit(name)
        visitor.go(path)
        visitor.page.evaluate(CLEAR)
        visitor.press(button, None)
        if visitor.status != status:
            problems.append(f"{path} as {name}, {button}: {visitor.path}, {visitor.status}")
            continue
        expect(visitor.page.locator("error-summary"), path).to_be_focused()
        problems += [f"{path}: no field at {link}" for link in visitor.page.evaluate(ANCHORS)]
        visitor.look(closely=True)


def test_what_opens_on_a_page_is_well(cast, visit):
    case, cycle = story.submitted(cast), cycle_story.draft(cast, datetime.date(2027, 3, 1))
    hana = visit("hana")
    page = hana.page
    hana.go(f"/cases/{case.pk}/gathering/")
    hana.field("Person 1").press_sequentially("Pa")
    expect(page.get_by_role("option", name="Paul Panel")).to_be_visible()
    hana.look(closely=True)

    hana.go(f"/cycles/{cycle.pk}/")
    hana.named("button", "Announce").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    hana.look(closely=True)

    hana.go("/")
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill("carl")
    expect(
        page.get_by_role("dialog").get_by_role("link", name="Carl Candidate").first
    ).to_be_visible()
    hana.look(closely=True)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_even_a_failure_of_ours_is_well(cast, visit, monkeypatch):
    monkeypatch.setattr("assessments.pages.home.present", lambda person: {}["nothing"])
    stella = visit("stella")
    stella.go("/", 500)
    stella.reads("Something broke on our side")
    stella.look(closely=True)


def test_no_page_is_left_out():
    known = dict.fromkeys(
        [
            *"draft submitted gathering frozen in_review recommended decided".split(),
            *"scheduled effective voted declined split no_seat draft_of_carl cycle drafted".split(),
            *"feedback answered piece import part seat carl maya fred two_levels".split(),
            *"edit_level remove_level add_link add_meaning".split(),
            *"keeps reviewed handed asked moving".split(),
            *"placement line relevel text leave".split(),
            *"move_exploring move_discussed move_proposed move_in_trial move_returned".split(),
            "move_of_carl",
            "pulse",
            *"ladder_import ladder_refused".split(),
        ],
        1,
    )
    looked_at = {
        resolve(path.split("?")[0]).view_name
        for table in (EMPTY, FILLED, REFUSED)
        for _, path, *_ in lines(table, known)
    }
    assert looked_at | set(NO_PAGE.split()) == set(pages())
    assert not looked_at & set(NO_PAGE.split())


def pages(resolver=None, space=""):
    """The names of all addresses outside of the API."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        elif not (entry.namespace or "").startswith("api-"):
            yield from pages(entry, f"{entry.namespace}:")
