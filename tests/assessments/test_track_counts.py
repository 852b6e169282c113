"""Which headcounts by track a leader may read: never one that tells of a few unknown."""

import random

import pytest

from assessments.suppression import told_by_sums
from assessments.track_counts import KINDS, Family, each_alone, from_above

OWN, LEFT, RIGHT = 1, 2, 3


def counts(shared=0, staff=0, manager=0, none=0):
    return {"shared": shared, "staff": staff, "manager": manager, "": none}


def test_large_numbers_and_empty_ones_are_shown():
    assert each_alone({OWN: counts(30, 8)}, 5) == {OWN: counts(30, 8)}


def test_a_small_number_is_hidden_with_another_that_would_tell_it():
    shown = each_alone({OWN: counts(30, 8, 2)}, 5)[OWN]

    assert shown == {"shared": 30, "staff": None, "manager": None, "": 0}


def test_where_only_a_few_are_below_no_number_is_shown():
    assert each_alone({OWN: counts(3)}, 5) == {OWN: None}


def test_hr_is_shown_everything():
    assert each_alone({OWN: counts(1, 1)}, 1) == {OWN: counts(1, 1)}


def test_who_is_known_by_name_need_not_be_hidden():
    whole = {OWN: counts(2, 1, 1)}

    assert from_above([Family(OWN, [])], whole, {OWN: counts(2, 1, 1)}, 5) == whole


def test_a_number_of_one_report_does_not_follow_from_the_sum_and_the_other():
    whole = {OWN: counts(60, 13), LEFT: counts(30, 10), RIGHT: counts(30, 3)}

    shown = from_above([Family(OWN, [LEFT, RIGHT])], whole, {}, 5)

    assert shown == {OWN: whole[OWN], LEFT: None, RIGHT: None}


def test_those_who_report_to_a_leader_and_lead_nobody_do_not_follow_from_the_others():
    whole = {OWN: counts(64, 13), LEFT: counts(30, 6), RIGHT: counts(30, 7)}

    shown = from_above([Family(OWN, [LEFT, RIGHT])], whole, {}, 5)

    assert shown[OWN] == whole[OWN]
    assert [shown[LEFT], shown[RIGHT]].count(None) == 1  # else four people of one track were told


def test_a_report_with_few_below_is_told_nothing_of_and_nor_is_another_who_would_tell():
    whole = {OWN: counts(33), LEFT: counts(30), RIGHT: counts(3)}

    shown = from_above([Family(OWN, [LEFT, RIGHT])], whole, {}, 5)

    assert shown == {OWN: counts(33), LEFT: None, RIGHT: None}


def test_what_is_hidden_of_a_leader_is_hidden_of_everybody_below():
    whole = {OWN: counts(60, 4, 20), LEFT: counts(40, 2, 12), RIGHT: counts(20, 1, 6)}

    shown = from_above([Family(OWN, [LEFT]), Family(LEFT, [RIGHT])], whole, {}, 5)

    assert shown[OWN] == counts(60, None, None)
    assert shown[LEFT] == counts(40, None, None)
    assert shown[RIGHT] == counts(20, None, None)


@pytest.mark.parametrize("seed", [*range(6), 62, 71, 95, 104])
def test_no_few_unknown_people_follow_from_all_pages_of_an_organisation(seed):
    """Every node is read on its own page; then all that was read is solved as one."""
    tree = Tree(random.Random(seed))
    read: dict[int, object] = {}
    for leader in tree.leaders:
        for each, shown in from_above(tree.families(leader), tree.counts, tree.known, 5).items():
            assert read.setdefault(each, shown) == shown
    hidden = {
        (leader, kind)
        for leader, shown in read.items()
        for kind in KINDS
        if shown is None or shown[kind] is None
    }
    told = told_by_sums(tree.lines(), hidden | tree.rest)

    assert read
    assert not {cell for cell in told if 0 < tree.unknown(cell) < 5}


class Tree:
    """A random organisation: its leaders with everybody below, and who reports to whom."""

    def __init__(self, chance):
        self.counts, self.reports, self.above, self.led = {}, {}, {}, {}
        self.grow(chance, None, 4)
        first = next(iter(self.counts))
        near = [self.led[each] for each in (first, *self.reports[first])]
        self.known = {each: self.led[each] for each in self.reports[first]}
        self.known[first] = {kind: sum(each[kind] for each in near) for kind in KINDS}
        self.leaders = [each for each in self.counts if sum(self.counts[each].values())]
        self.deep = [each for each in self.leaders if each not in self.known]
        self.rest = {(("rest", each), kind) for each in self.deep for kind in KINDS}

    def grow(self, chance, above, layers):
        own = len(self.counts)
        self.counts[own] = self.led[own] = counts()
        self.above[own] = above
        led = {kind: chance.randint(0, 4) for kind in KINDS}
        under = [
            self.grow(chance, own, layers - 1) for _ in range(chance.randint(1, 4) if layers else 0)
        ]
        self.led[own] = led | {"manager": led["manager"] + len(under)}
        self.counts[own] = {
            kind: self.led[own][kind] + sum(self.counts[each][kind] for each in under)
            for kind in KINDS
        }
        self.reports[own] = [each for each in under if sum(self.counts[each].values())]
        return own

    def families(self, leader):
        way = [leader]
        while (above := self.above[way[0]]) is not None:
            way.insert(0, above)
        return [Family(each, self.reports[each]) for each in way]

    def lines(self):
        """How all numbers hang together, for who knows the size of everything."""
        for leader in self.leaders:
            parts = list(self.reports[leader])
            if leader in self.deep:
                parts.append(("rest", leader))
                yield (parts[-1], "all"), [(parts[-1], kind) for kind in KINDS]
            yield (leader, "all"), [(leader, kind) for kind in KINDS]
            for kind in KINDS:
                yield (leader, kind), [(part, kind) for part in parts]

    def unknown(self, cell):
        leader, kind = cell
        if leader in self.counts:
            return self.counts[leader][kind] - self.known.get(leader, counts())[kind]
        under = self.reports[leader[1]]
        return self.counts[leader[1]][kind] - sum(self.counts[each][kind] for each in under)


@pytest.mark.parametrize("few", range(1, 5))
def test_what_is_shown_is_always_true(few):
    whole = {OWN: counts(40, 20, few, 9), LEFT: counts(20, 10, few), RIGHT: counts(20, 10, 0, 9)}

    for leader, shown in from_above([Family(OWN, [LEFT, RIGHT])], whole, {}, 5).items():
        for kind, number in (shown or {}).items():
            assert number in (None, whole[leader][kind])
