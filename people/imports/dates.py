"""Days as HR systems write them, in many forms. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

NEVER = 9999  # how some systems write that there is no end
EARLIEST, LATEST = 1900, 2200
DAY_FIRST, MONTH_FIRST, UNSURE = "dmy", "mdy", "?"
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}.*$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?")
_NOTHING = re.compile(r"0{1,4}([-/.])0{1,2}\1(0{1,4})|1900-01-00|0")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4,
    "avr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "aoû": 8, "sep": 9, "oct": 10,
    "okt": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12, "juin": 6, "juil": 7,
}  # fmt: skip
_SERIAL_FROM = datetime.date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIALS = range(15_000, 80_000)


@dataclass
class Order:
    """Whether day or month comes first, learnt from one cell after the other. Points say nothing:
    before them the day always comes first. `open` is an example that can be read in two ways."""

    days: bool = False
    months: bool = False
    some: bool = False
    open: str = ""

    def learn(self, texts: Iterable[str]) -> None:
        """Look at further cells."""
        for text in texts:
            parts = _YEAR_LAST.fullmatch(bare(text))
            if not parts or parts[2] == "." or parts[1] == parts[3]:
                continue
            days, months = int(parts[1]) > 12, int(parts[3]) > 12
            self.some, self.days, self.months = True, self.days or days, self.months or months
            if days == months:
                self.open = min(self.open or text, text)

    @property
    def said(self) -> str:
        """UNSURE when nothing decides it, or when cells contradict each other."""
        if self.days != self.months:
            return DAY_FIRST if self.days else MONTH_FIRST
        return UNSURE if self.some else DAY_FIRST


def order(texts: Iterable[str]) -> str:
    """Whether day or month comes first in these cells."""
    order = Order()
    order.learn(texts)
    return order.said


def read(text: str, first: str) -> datetime.date | None:
    """The day that a cell names; None for the year 9999 or 0. Raises ValueError when it names none.

    `first` is DAY_FIRST or MONTH_FIRST; blank: only days that can be read in one way are taken.
    """
    if _NOTHING.fullmatch(bare(text)):
        return None
    day = _read(bare(text), first)
    if day.year == NEVER:
        return None
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(text)
    return day


def bare(text: str) -> str:
    """The day without the time that may stand behind it."""
    return _TIME.sub("", text.strip())


def _read(text: str, first: str) -> datetime.date:
    if parts := _YEAR_FIRST.fullmatch(text):
        return datetime.date(int(parts[1]), int(parts[3]), int(parts[4]))
    if parts := _YEAR_LAST.fullmatch(text):
        if not first:
            raise ValueError(text)
        one, two = int(parts[1]), int(parts[3])
        month_first = first == MONTH_FIRST and parts[2] != "."
        day, month = (two, one) if month_first else (one, two)
        return datetime.date(_year(parts[4]), month, day)
    if text.isascii() and text.isdigit():
        if len(text) == 8:
            return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if int(text) in _SERIALS:
            return _SERIAL_FROM + datetime.timedelta(int(text))
    return _in_words(text)


def _in_words(text: str) -> datetime.date:
    """“17-Jun-2013”, “June 17, 2013”, “17. März 2013”, “Monday, 17 June 2013”."""
    words = _WORDS.findall(text.casefold())
    numbers = [word for word in words if word.isdecimal() and word.isascii()]
    months = [
        month
        for word in words
        if (month := _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])) and not word.isdecimal()
    ]
    if len(numbers) != 2 or len(months) != 1:
        raise ValueError(text)
    if len(numbers[0]) == 4:
        numbers.reverse()
    return datetime.date(_year(numbers[1]), months[0], int(numbers[0]))


def _year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else 2000 + int(digits) - 100 * (int(digits) > 68)
