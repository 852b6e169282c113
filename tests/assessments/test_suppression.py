"""Small cells stay hidden, whatever is added up or taken away."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessments.suppression import hide, told_by_sums

K = 5
counts = st.lists(st.integers(0, 12), min_size=1, max_size=7)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def line_of(parts):
    people = {"total": sum(parts), **{f"part {at}": count for at, count in enumerate(parts)}}
    return people, [("total", [cell for cell in people if cell != "total"])]


def table_of(rows):
    """A table with its row totals, column totals and grand total."""
    people, lines = {}, []
    for at, row in enumerate(rows):
        for to, count in enumerate(row):
            people[at, to] = count
    for at, row in enumerate(rows):
        people["row", at] = sum(row)
        lines.append((("row", at), [(at, to) for to in range(len(row))]))
    for to in range(len(rows[0])):
        people["column", to] = sum(row[to] for row in rows)
        lines.append((("column", to), [(at, to) for at in range(len(rows))]))
    people["all"] = sum(map(sum, rows))
    lines.append(("all", [("row", at) for at in range(len(rows))]))
    lines.append(("all", [("column", to) for to in range(len(rows[0]))]))
    return people, lines


@given(counts)
def test_no_small_cell_is_shown(parts):
    people, lines = line_of(parts)
    hidden = hide(people, lines, K)
    assert all(cell in hidden for cell, count in people.items() if 0 < count < K)


@given(counts)
def test_what_is_hidden_beside_a_shown_total_is_two_cells_and_k_people_or_nothing(parts):
    people, lines = line_of(parts)
    hidden = hide(people, lines, K)
    gone = [cell for cell in people if cell != "total" and cell in hidden]
    if "total" not in hidden and gone:
        assert len(gone) >= 2
        assert sum(people[cell] for cell in gone) >= K


def test_large_cells_are_left_alone():
    people, lines = line_of([8, 9, 30])
    assert hide(people, lines, K) == frozenset()


def test_one_small_cell_takes_the_next_smallest_with_it():
    people, lines = line_of([3, 30, 8])
    assert hide(people, lines, K) == {"part 0", "part 2"}


def test_two_tiny_cells_take_a_third_because_together_they_are_still_small():
    people, lines = line_of([1, 2, 8, 30])
    assert hide(people, lines, K) == {"part 0", "part 1", "part 2"}


def test_an_empty_cell_tells_of_nobody():
    people, lines = line_of([0, 8, 9])
    assert hide(people, lines, K) == frozenset()


def test_too_few_altogether_and_nothing_is_shown():
    people, lines = line_of([2, 1])
    assert hide(people, lines, K) == {"total", "part 0", "part 1"}


def test_what_is_hidden_elsewhere_stays_hidden_and_is_protected():
    people, lines = line_of([8, 9, 30])
    assert hide(people, lines, K, already={"part 2"}) == {"part 0", "part 2"}


def test_sums_that_tell_a_cell_are_found():
    lines = [("all", ["a", "b"]), ("more", ["a", "c"])]
    assert told_by_sums(lines, {"a"}) == {"a"}
    assert told_by_sums(lines, {"a", "b"}) == {"a", "b"}  # c and more are shown, so a is told
    assert told_by_sums(lines, {"a", "b", "c"}) == set()


@settings(max_examples=150)
@given(tables)
@example([[5, 0, 2], [5, 0, 0], [0, 4, 5], [9, 8, 5]])  # told by a chain through four lines
@example([[0, 2, 1], [1, 0, 4], [0, 0, 0], [0, 9, 0]])
def test_in_a_table_nothing_hidden_follows_from_what_is_shown(rows):
    people, lines = table_of(rows)
    hidden = hide(people, lines, K)
    assert all(cell in hidden for cell, count in people.items() if 0 < count < K)
    assert not told_by_sums(lines, hidden)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=2))
def test_for_every_hidden_small_cell_another_table_would_look_the_same(rows):
    """By trying all tables, not by algebra: at least two values fit each hidden small cell."""
    people, lines = table_of(rows)
    hidden = hide(people, lines, 3)
    cells = [(at, to) for at in range(2) for to in range(2)]
    unknown = [cell for cell in cells if cell in hidden]
    fitting = []
    for guess in product(range(8), repeat=len(unknown)):
        guessed = {**people, **dict(zip(unknown, guess, strict=True))}
        looks, _ = table_of([[guessed[at, to] for to in range(2)] for at in range(2)])
        if all(looks[cell] == people[cell] for cell in people if cell not in hidden):
            fitting.append(guessed)
    for cell in unknown:
        if people[cell] < 3:
            assert len({guessed[cell] for guessed in fitting}) > 1, (rows, hidden)
