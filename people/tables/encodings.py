"""Which letters the bytes of a file stand for, where the file does not say; and whether to ask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

CODECS = {
    "utf-8": "UTF-8",
    "windows-1252": "Windows-1252 (Western Europe)",
    "mac-roman": "Mac Roman (Western Europe)",
    "windows-1250": "Windows-1250 (Central Europe)",
    "windows-1251": "Windows-1251 (Cyrillic)",
    "windows-1253": "Windows-1253 (Greek)",
    "windows-1254": "Windows-1254 (Turkish)",
    "windows-1257": "Windows-1257 (Baltic)",
    "shift-jis": "Shift JIS (Japanese)",
    "euc-kr": "EUC-KR (Korean)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
}
LINES_SEEN = 1_000
SEEN = 2_000  # words by which letters are judged
BETTER = 4  # times fewer odd words make another encoding worth a mention
FEW = 20  # one odd word among so many is no wonder
_WORD = re.compile(r"[^\s;,|\"]*[^\x00-\x7f\s;,|\"][^\s;,|\"]*")
_SIGNS = "ƒ†‡ˆ‰•˜¢£¤¥¦§¨©¬¯±³¶¸¹¼½¾×÷∞∂∑∏π∫Ω√≈∆◊˘˙˚˝˛ˇ\ufffd"
_ODD = re.compile(
    rf"[^\W\d_][{_SIGNS}¡¿]|[{_SIGNS}][^\W\d_]|[à-öø-ÿa-z][À-ÖØ-ÞŠŽŸŒ]|[À-ÖØ-öø-ÿ]{{4,}}"
)


@dataclass(frozen=True)
class Doubt:
    """A word with letters that were guessed; `likely` when they look right. `better` is another
    encoding and `instead` what it makes of the word; both blank when none is better."""

    word: str
    likely: bool
    better: str = ""
    instead: str = ""


def foreign(lines: Iterable[bytes]) -> bytes:
    """The first lines with letters that ASCII does not have; by them an encoding is judged."""
    found = (line.rstrip(b"\r\n") for line in lines if not line.isascii())
    return b"\n".join(islice(found, LINES_SEEN))


def doubt(lines: bytes) -> Doubt | None:
    """How sure it is that `foreign` lines of a file are Windows-1252, as which it was read."""
    words = _WORD.findall(lines.decode("cp1252", errors="replace"))[:SEEN]
    odd = [at for at, word in enumerate(words) if _is_odd(word)]
    if not words:
        return None
    if len(odd) * FEW <= len(words):
        return Doubt(words[0], likely=True)
    share, better, others = min(_readings(lines), default=(1.0, "", []))
    if share * BETTER > len(odd) / len(words) or len(others) != len(words):
        return Doubt(words[odd[0]], likely=False)
    return Doubt(words[odd[0]], likely=False, better=CODECS[better], instead=others[odd[0]])


def _readings(lines: bytes) -> list[tuple[float, str, list[str]]]:
    """How odd the words are in every other encoding that fits."""
    found = []
    for codec in list(CODECS)[2:]:
        try:
            words = _WORD.findall(lines.decode(codec))[:SEEN]
        except UnicodeDecodeError:
            continue
        if words:
            found.append((sum(map(_is_odd, words)) / len(words), codec, words))
    least = min((share for share, _, _ in found), default=0)
    return [reading for reading in found if reading[0] == least][:1]


def _is_odd(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    mixed = "LATIN" in scripts and len(scripts) > 1
    return mixed or bool(_ODD.search(word)) or any("\x80" <= letter < "\xa0" for letter in word)
