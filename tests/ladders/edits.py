"""Edits of a ladder whose class is known because of how they are made; pure, for test_diff.py.

Each edit takes a document and a source of chance, changes `new` (and `old` where it needs a
beginning of its own), and is named by what it does.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable

from ladders.diff import Class
from ladders.diff.sentences import guard
from ladders.diff.tokens import carried, tokens

Edit = Callable[[dict, dict, random.Random], None]
EDITS: list[tuple[Class, Edit]] = []
OTHERS = ("marble", "lantern", "copper", "velvet", "harbour", "thimble")


def of(klass: Class) -> Callable[[Edit], Edit]:
    """Put an edit in the table."""

    def put(edit: Edit) -> Edit:
        EDITS.append((klass, edit))
        return edit

    return put


def both(old: dict, new: dict, chance: random.Random, section: str) -> tuple[dict, dict]:
    """The same row of both documents."""
    at = chance.randrange(len(new[section]))
    return old[section][at], new[section][at]


def statement(old: dict, new: dict, chance: random.Random) -> tuple[dict, dict]:
    before, after = both(old, new, chance, "expectations")
    at = chance.randrange(len(after["statements"]))
    return before["statements"][at], after["statements"][at]


def sentence(old: dict, new: dict, chance: random.Random, before: str, after: str) -> None:
    """A summary or a statement that said `before` says `after`."""
    if chance.random() < 0.5:
        rows, name = both(old, new, chance, "expectations"), "summary"
    else:
        rows, name = statement(old, new, chance), "text"
    rows[0][name], rows[1][name] = before, after


def plain_word(text: str, chance: random.Random, least: int = 6) -> str:
    """An ordinary word of a text."""
    words = [word.strip(string.punctuation) for word in text.split()]
    fit = [
        word
        for word in words
        if word.isascii() and word.isalpha() and len(word) >= least and word.islower()
        and not guard(word) and word in carried(tokens(text)) and words.count(word) == 1
    ]  # fmt: skip
    return chance.choice(fit)


# --- Something new or raised ---------------------------------------------------------------
@of(Class.MAJOR)
def a_new_level(old, new, chance):
    new["levels"].append({"id": "new", "track": "staff", "order": 99, "titles": ["New"]})


@of(Class.MAJOR)
def a_new_competency(old, new, chance):
    new["competencies"].append({"id": "new", "name": "New"})


@of(Class.MAJOR)
def a_new_cell(old, new, chance):
    del old["expectations"][chance.randrange(len(old["expectations"]))]


@of(Class.MAJOR)
def a_new_statement(old, new, chance):
    _, row = both(old, new, chance, "expectations")
    row["statements"].insert(chance.randrange(3), {"text": "Paints the fence twice."})


@of(Class.MAJOR)
def one_more_level_in_a_list(old, new, chance):
    old["framework"]["cumulative"] = new["framework"]["cumulative"] = False
    a, b = both(old, new, chance, "expectations")
    other = chance.choice([row["id"] for row in new["levels"] if row["id"] not in b["levels"]])
    a["id"] = b["id"] = "wide"
    b["levels"] = [*b["levels"], other]


@of(Class.MAJOR)
def a_range_that_ends_higher(old, new, chance):
    old["framework"]["cumulative"] = new["framework"]["cumulative"] = False
    for document, end in ((old, "engineer"), (new, "senior-engineer")):
        row = document["expectations"][0]
        row["levels"] = {"from": "associate-engineer", "to": end}
        document["expectations"] = [row]


@of(Class.MAJOR)
def a_higher_step(old, new, chance):
    a, b = both(old, new, chance, "expectations")
    a["proficiency"], b["proficiency"] = chance.choice([("1", "2"), ("2", "3"), ("1", "3")])


@of(Class.MAJOR)
def a_step_at_all(old, new, chance):
    both(old, new, chance, "expectations")[1]["proficiency"] = "1"


@of(Class.MAJOR)
def required_now(old, new, chance):
    both(old, new, chance, "expectations")[0]["requirement"] = chance.choice(
        ["optional", "nice_to_have"]
    )


@of(Class.MAJOR)
def stated_now(old, new, chance):
    both(old, new, chance, "expectations")[0]["state"] = chance.choice(
        ["not_applicable", "undefined"]
    )


@of(Class.MAJOR)
def longer_to_wait(old, new, chance):
    months = both(old, new, chance, "levels")[1]["typical_months"]
    months[chance.choice(["min", "max"])] += chance.randint(1, 12)


@of(Class.MAJOR)
def a_whole_sentence_more(old, new, chance):
    rows = both(old, new, chance, "expectations")
    rows[1]["summary"] += chance.choice(
        [" Paints the fence.", " Speaks at conferences.", "\nKeeps bees on the roof."]
    )


@of(Class.MAJOR)
def a_clause_more(old, new, chance):
    row = statement(old, new, chance)[1]
    row["text"] = row["text"].rstrip(".") + chance.choice(
        [", and paints the fence.", " and speaks at conferences.", ", also on paper."]
    )


@of(Class.MAJOR)
def a_number_raised(old, new, chance):
    low = chance.randint(2, 40)
    said = chance.choice(["Mentors {} people a year.", "Answers for {} services of the firm."])
    sentence(old, new, chance, said.format(low), said.format(low + chance.randint(1, 9)))


@of(Class.MAJOR)
def a_number_in_words_raised(old, new, chance):
    sentence(old, new, chance, "Mentors two people a year.", "Mentors three people a year.")


@of(Class.MAJOR)
def a_stronger_word(old, new, chance):
    said, pairs = chance.choice([
        ("A lead {} answer for what is shipped.", [("may", "must"), ("should", "must"),
                                                   ("can", "should"), ("might", "will")]),
        ("Reviews {} changes before release.", [("some", "all"), ("many", "all"),
                                                ("a few", "most"), ("most", "all")]),
        ("The person {} writes down why.", [("sometimes", "usually"), ("often", "always"),
                                            ("occasionally", "consistently")]),
        ("Brings order to the work of {}.", [("the team", "several teams"),
                                             ("a team", "the organisation"),
                                             ("several teams", "the company")]),
        ("The person {} the yearly planning.", [("supports", "leads"), ("understands", "owns"),
                                                ("helps with", "drives")]),
    ])  # fmt: skip
    sentence(old, new, chance, *map(said.format, chance.choice(pairs)))


@of(Class.MAJOR)
def help_taken_away(old, new, chance):
    sentence(old, new, chance, "Ships changes with help of others.", "Ships changes.")


@of(Class.MAJOR)
def a_condition_taken_away(old, new, chance):
    sentence(old, new, chance, "Gives feedback to peers when asked.", "Gives feedback to peers.")


@of(Class.MAJOR)
def a_choice_taken_away(old, new, chance):
    sentence(old, new, chance, "Leads a project or a guild.", "Leads a project.")


@of(Class.MAJOR)
def a_negation(old, new, chance):
    said = "The person {} ships a change {}review."
    words = chance.choice([(("", "after "), ("never", "after ")), (("", "with "), ("", "without ")),
                           (("", "under "), ("", "under no "))])  # fmt: skip
    sentence(old, new, chance, *(said.format(*pair).replace("  ", " ") for pair in words))


@of(Class.MAJOR)
def no_place_to_stay(old, new, chance):
    rows = both(old, new, chance, "levels")
    rows[0]["terminal"], rows[1]["terminal"] = True, False


@of(Class.MAJOR)
def seats_are_limited(old, new, chance):
    rows = both(old, new, chance, "levels")
    rows[0]["seat_limited"], rows[1]["seat_limited"] = False, True


@of(Class.MAJOR)
def a_wider_scope(old, new, chance):
    both(old, new, chance, "levels")[1]["scope"] += " Speaks for the firm in public."


@of(Class.MAJOR)
def an_example_that_is_expected(old, new, chance):
    statement(old, new, chance)[0]["kind"] = "example"


@of(Class.MAJOR)
def silence_means_as_before(old, new, chance):
    old["framework"]["cumulative"] = False


# --- Clearer, or less ----------------------------------------------------------------------
@of(Class.MINOR)
def a_cell_removed(old, new, chance):
    del new["expectations"][chance.randrange(len(new["expectations"]))]


@of(Class.MINOR)
def a_statement_removed(old, new, chance):
    _, row = both(old, new, chance, "expectations")
    del row["statements"][chance.randrange(len(row["statements"]))]


@of(Class.MINOR)
def a_competency_removed(old, new, chance):
    gone = new["competencies"].pop(chance.randrange(len(new["competencies"])))["id"]
    new["expectations"] = [row for row in new["expectations"] if row["competency"] != gone]


@of(Class.MINOR)
def a_sentence_removed(old, new, chance):
    both(old, new, chance, "expectations")[0]["summary"] += " Paints the fence."


@of(Class.MINOR)
def optional_now(old, new, chance):
    both(old, new, chance, "expectations")[1]["requirement"] = "optional"


@of(Class.MINOR)
def not_expected_now(old, new, chance):
    both(old, new, chance, "expectations")[1]["state"] = "not_applicable"


@of(Class.MINOR)
def a_lower_step(old, new, chance):
    a, b = both(old, new, chance, "expectations")
    a["proficiency"], b["proficiency"] = chance.choice([("2", "1"), ("3", "2"), ("3", None)])


@of(Class.MINOR)
def an_example_more(old, new, chance):
    statement(old, new, chance)[1]["examples"].append("Painted the fence in spring.")


@of(Class.MINOR)
def an_example_less(old, new, chance):
    statement(old, new, chance)[1]["examples"].pop()


@of(Class.MINOR)
def what_it_is_not(old, new, chance):
    statement(old, new, chance)[1]["counter"] = "Paints other people's fences."


@of(Class.MINOR)
def a_clarification(old, new, chance):
    row = both(old, new, chance, "expectations")[1]
    row["summary"] += chance.choice(
        [" For example, the fence at the gate.", " That is, what the fence is for."]
    )


@of(Class.MINOR)
def another_word(old, new, chance):
    before, after = statement(old, new, chance)
    word = plain_word(after["text"], chance)
    after["text"] = before["text"].replace(word, chance.choice(OTHERS))


@of(Class.MINOR)
def a_floor_lowered(old, new, chance):
    said = "Mentors at least {} people a year."
    high = chance.randint(3, 9)
    sentence(old, new, chance, said.format(high), said.format(high - chance.randint(1, 2)))


@of(Class.MINOR)
def a_weaker_word(old, new, chance):
    pair = chance.choice([("must", "should"), ("should", "may"), ("must", "can")])
    said = "A lead {} answer for what is shipped."
    sentence(old, new, chance, *map(said.format, pair))


@of(Class.MINOR)
def another_title(old, new, chance):
    both(old, new, chance, "levels")[1]["titles"] = [chance.choice(OTHERS).title()]


@of(Class.MINOR)
def another_name(old, new, chance):
    section = chance.choice(["pillars", "competencies", "tracks"])
    both(old, new, chance, section)[1]["name"] = chance.choice(OTHERS).title()


@of(Class.MINOR)
def another_order(old, new, chance):
    rows = new[chance.choice(["pillars", "competencies"])]
    for row in rows:
        row.pop("order", None)
    for row in old["pillars"] + old["competencies"]:
        row.pop("order", None)
    for row in new["pillars"] + new["competencies"]:
        row.pop("order", None)
    rows.append(rows.pop(0))


@of(Class.MINOR)
def statements_in_another_order(old, new, chance):
    both(old, new, chance, "expectations")[1]["statements"].reverse()


@of(Class.MINOR)
def a_statement_moved(old, new, chance):
    rows = [row for row in new["expectations"] if row["levels"] == ["engineer"]]
    source, target = chance.sample(rows, 2)
    target["statements"].append(source["statements"].pop())


@of(Class.MINOR)
def what_lower_levels_were_told_said_again(old, new, chance):
    for document, levels in ((old, ["engineer"]), (new, ["engineer", "senior-engineer"])):
        rows = [row for row in document["expectations"] if row["levels"] == ["engineer"]]
        rows[0]["levels"] = levels


@of(Class.MINOR)
def metadata(old, new, chance):
    new["framework"][chance.choice(["licence", "source", "summary"])] = "Another lantern here."


@of(Class.MINOR)
def a_key_of_ones_own(old, new, chance):
    rows = new[chance.choice(["levels", "expectations", "competencies", "tracks", "level_links"])]
    chance.choice(rows)[chance.choice(["x_note", "colour"])] = chance.randint(1, 9)


@of(Class.MINOR)
def a_link(old, new, chance):
    links = new["level_links"]
    links.pop() if chance.random() < 0.5 else old["level_links"].pop()


@of(Class.MINOR)
def sooner(old, new, chance):
    both(old, new, chance, "levels")[1]["typical_months"]["max"] -= 1


# --- Spelling ------------------------------------------------------------------------------
@of(Class.PATCH)
def case(old, new, chance):
    row = statement(old, new, chance)[1]
    row["text"] = chance.choice([str.upper, str.lower, str.swapcase])(row["text"])


@of(Class.PATCH)
def punctuation(old, new, chance):
    row = statement(old, new, chance)[1]
    row["text"] = chance.choice([row["text"].rstrip("."), row["text"].replace(".", "!")])


@of(Class.PATCH)
def white_space(old, new, chance):
    row = statement(old, new, chance)[1]
    row["text"] = chance.choice(["  ", "\n", "\u00a0"]).join(row["text"].split(" ")) + "  "


@of(Class.PATCH)
def quotes(old, new, chance):
    sentence(old, new, chance, 'Doesn\'t say "later".', "Doesn’t say “later”.")


@of(Class.PATCH)
def two_letters_swapped(old, new, chance):
    before, after = statement(old, new, chance)
    word = plain_word(after["text"], chance)
    at = next(i for i in range(1, len(word) - 1) if word[i] != word[i + 1])
    slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    after["text"] = before["text"].replace(word, slip)


@of(Class.PATCH)
def a_letter_left_out(old, new, chance):
    before, after = statement(old, new, chance)
    word = plain_word(after["text"], chance)
    at = chance.randint(2, len(word) - 2)
    after["text"] = before["text"].replace(word, word[:at] + word[at + 1 :])


@of(Class.PATCH)
def another_spelling(old, new, chance):
    pair = chance.choice([("organises", "organizes"), ("behaviour", "behavior"),
                          ("follow-up", "follow up"), ("catalogue", "catalog")])  # fmt: skip
    said = "The person {} writes about it for readers."
    sentence(old, new, chance, *map(said.format, pair))


@of(Class.PATCH)
def other_numbers_for_the_same_order(old, new, chance):
    for row in new["levels"]:
        row["order"] *= 10


# --- Nothing but the form of the file ------------------------------------------------------
@of(Class.NONE)
def the_same_levels_said_otherwise(old, new, chance):
    row = both(old, new, chance, "expectations")[1]
    row["levels"] = {"from": row["levels"][0], "to": row["levels"][0]}


@of(Class.NONE)
def keys_in_another_order(old, new, chance):
    rows = new[chance.choice(["levels", "expectations", "competencies"])]
    rows[:] = [dict(reversed(row.items())) for row in rows]


@of(Class.NONE)
def another_number_of_the_version(old, new, chance):
    new["framework"] |= {"version": "9.9.9", "status": "draft", "effective_from": None}
