"""From a file that somebody uploads to the lines of a conversation, and who says them.

Two forms are read: text in which a line begins with who speaks and a colon, and tables (CSV) with a
column for the speaker and one for the words. Whatever is wrong is told by the number of the line
(from 1), never by its words: they may be a client's.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tutor.domain.transcript import Draft, Row, Said, Transcript
from tutor.errors import DemoError
from tutor.settings import MAX_LINE, MAX_LINES, MAX_TRANSCRIPT

#: What the columns of a table may be called.
SPEAKERS = ("speaker", "who", "role", "participant", "name")
WORDS = ("text", "utterance", "line", "words", "says", "content")

_ENDS = re.compile(r"\r\n|\r|\n")
#: A time in front of a line, as transcribing programs write it; nobody needs it here.
_TIME = re.compile(r"^\s*[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?\s*-?\s*")
#: Who speaks: up to four words, the first of which begins with a letter, and a colon.
_LABEL = re.compile(r"^\s*([^\W\d_][\w.'’()-]{0,24}(?: [\w.'’()#-]{1,24}){0,3}) ?: ?(?!//)(.*)$")
_COUNSELOR = re.compile(
    r"(?i)(?:t|th|co|therapist|counsell?or|clinician|psycho(?:logist|therapist)|provider|"
    r"practitioner|interviewer|trainee|supervisee|social worker)\b(?!['’]).*|t\d+"
)
_CLIENT = re.compile(
    r"(?i)(?:c|cl|client|patient|pt?|mother|father|mom|dad|wife|husband|partner|member)\b.*|[cp]\d+"
)
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
#: What gives people away, told apart from the rest cheaply; the last word is the supervisor's.
_TELLTALE = {
    "an e-mail address": re.compile(r"\S@[^\s@]{1,99}\.\w"),
    "a telephone number": re.compile(r"(?<!\w)\+?\(?\d(?:[ ().-]*\d){6,}"),
    "a date": re.compile(
        rf"(?i)\b(?:\d{{1,4}}([/.-])\d{{1,2}}\1\d{{1,4}}|{_MONTH} {_DAY}|{_DAY} (?:of )?{_MONTH})\b"
    ),
}
#: How other files begin that are taken for text now and then.
_OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
#: So many lines are named where several have the same trouble.
_NAMED = 5


def draft(raw: bytes, name: str) -> Draft:
    """The lines of the file `name`, with the speakers and a guess at which are the counselor.

    Raises:
        DemoError: it is too large, no plain text, has nobody who speaks, or too many or too long
            lines; the message says what to do.
    """
    text = _decoded(raw)
    lines = _ENDS.split(text)
    _check_characters(lines)
    delimiter = _delimiter(lines)
    if delimiter is None and name.casefold().endswith((".csv", ".tsv")):
        raise DemoError(
            "The first line of the table must name its columns: one of "
            f"{', '.join(SPEAKERS)} for who speaks, and one of {', '.join(WORDS)} for the words."
        )
    rows = tuple(_of_table(lines, delimiter) if delimiter else _of_text(lines))
    _check_rows(rows)
    speakers = tuple(dict.fromkeys(row.speaker for row in rows))
    return Draft(
        rows=rows,
        speakers=speakers,
        counselors=_counselors(speakers),
        reminders=(*_left_out(lines[: 0 if delimiter else rows[0].number - 1]), *_reminders(rows)),
    )


def transcript(
    read: Draft, *, transcript_id: str, title: str, counselors: frozenset[str]
) -> Transcript:
    """The draft as a transcript, in which those speakers are the counselor.

    Raises:
        DemoError: none of them, or nobody else, says anything.
    """
    chosen = counselors & set(read.speakers)
    if not chosen:
        raise DemoError("Say which speaker is the counselor: those lines are coded.")
    if chosen == set(read.speakers):
        raise DemoError("Somebody has to be the client: leave out at least one speaker.")
    said = (
        Said(speaker=row.speaker, counselor=row.speaker in chosen, text=row.text)
        for row in read.rows
    )
    return Transcript(id=transcript_id, title=title, lines=tuple(said))


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_TRANSCRIPT:
        raise DemoError(
            f"The file has {len(raw) / 1024**2:.1f} MB; 1 MB is the most that is taken. An hour of "
            "talk in plain text is about 0.1 MB: upload the part that you want to show."
        )
    if raw.startswith(_OTHER_FILES):
        raise DemoError(
            "This is a document of another program, not plain text. Open it there, and save it as "
            "plain text (.txt, UTF-8) or as a table (.csv, UTF-8)."
        )
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 0 if wide else len(re.findall(rb"\r\n|\r|\n", raw[: error.start])) + 1
        raise _not_utf8(f", from line {line} on" if line else "") from None
    if "\0" in text:  # as UTF-16 without its mark, and UTF-32, look from here
        raise _not_utf8("")
    return text


def _not_utf8(where: str) -> DemoError:
    return DemoError(
        f"The file is not in UTF-8{where}, so that its letters cannot be told for sure. Save it "
        "again: in Word as plain text with the encoding Unicode (UTF-8), in Excel as “CSV UTF-8”, "
        "in an editor with the encoding UTF-8."
    )


def _check_characters(lines: Sequence[str]) -> None:
    odd = [
        number
        for number, line in enumerate(lines, start=1)
        if any(unicodedata.category(c) == "Cc" and c not in "\t\f\v" for c in line)
    ]
    if odd:
        raise DemoError(
            f"There is a control character in {_named(odd)}, so this is no plain text. Delete it, "
            "or save the file again as plain text."
        )


def _delimiter(lines: Sequence[str]) -> str | None:
    """What parts the columns, where the first line names those that are needed."""
    for delimiter in ",;\t":
        names = _header(lines[0], delimiter)
        if any(name in SPEAKERS for name in names) and any(name in WORDS for name in names):
            return delimiter
    return None


def _header(line: str, delimiter: str) -> list[str]:
    """The names in a line that may head a table; none where it cannot, since it is too long."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip().casefold() for cell in cells]


def _of_table(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    names = _header(lines[0], delimiter)
    table = csv.reader((f"{line}\n" for line in lines[1:]), delimiter=delimiter, strict=True)
    speaker_at = next(n for n, name in enumerate(names) if name in SPEAKERS)
    words_at = next(n for n, name in enumerate(names) if name in WORDS)
    number, spelled, last = 2, dict[str, str](), ""
    try:
        for cells in table:
            speaker = _blanks(cells[speaker_at]) if speaker_at < len(cells) else ""
            words = cells[words_at].strip() if words_at < len(cells) else ""
            if words:
                last = spelled.setdefault(speaker.casefold(), speaker) if speaker else last
                if not last:
                    raise DemoError(f"Nobody is named as the speaker of line {number}.")
                yield Row(number=number, speaker=last, text=_spoken([words]))
            number = table.line_num + 2
    except csv.Error:
        raise DemoError(
            f"The table cannot be read from line {number} on. Mostly a quotation mark is missing "
            "there: words with line breaks or marks in them stand between two of them."
        ) from None


def _of_text(lines: Sequence[str]) -> Iterator[Row]:
    found = [_LABEL.match(_TIME.sub("", line)) for line in lines]
    counted = Counter(_key(match[1]) for match in found if match)
    first = next((match for match in found if match), None)
    spelled: dict[str, str] = {}
    speaker, number, words = "", 0, list[str]()
    for at, (line, match) in enumerate(zip(lines, found, strict=True), start=1):
        if match and (match is first or _is_speaker(match[1], counted[_key(match[1])])):
            if text := _spoken(words):
                yield Row(number=number, speaker=speaker, text=text)
            speaker = spelled.setdefault(_key(match[1]), _blanks(match[1]))
            number, words = at, [match[2]]
        elif speaker:
            words.append(_TIME.sub("", line))
    if text := _spoken(words):
        yield Row(number=number, speaker=speaker, text=text)


def _is_speaker(label: str, times: int) -> bool:
    """Whether words before a colon name who speaks, and are no beginning of a sentence."""
    known = _COUNSELOR.fullmatch(label) or _CLIENT.fullmatch(label)
    named = all(word[0].isupper() or word[0].isdigit() for word in label.split())
    return bool(times > 1 or known or named)


def _key(label: str) -> str:
    return _blanks(label).casefold()


def _blanks(text: str) -> str:
    return " ".join(text.split())


def _spoken(lines: Iterable[str]) -> str:
    r"""The lines as they were said: joined, with a break only where one was blank.

    >>> _spoken(["I don't", "know. ", "", "Maybe."])
    "I don't know.\nMaybe."
    """
    paragraphs: list[list[str]] = [[]]
    for line in (part for whole in lines for part in _ENDS.split(whole)):
        if words := _blanks(line):
            paragraphs[-1].append(words)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n".join(" ".join(words) for words in paragraphs if words)


def _check_rows(rows: Sequence[Row]) -> None:
    if not rows:
        raise DemoError(
            "Nobody speaks in this text. Begin each line with who speaks and a colon, as in "
            "“Counselor: How was the week?”, or give a table with the columns speaker and text."
        )
    if len(rows) > MAX_LINES:
        raise DemoError(
            f"There are {len(rows):,} turns in it; {MAX_LINES} is the most that can be shown. The "
            f"first {MAX_LINES} end before line {rows[MAX_LINES].number:,} of the file: upload the "
            "part that you want to show."
        )
    long = [row.number for row in rows if len(row.text) > MAX_LINE]
    if long:
        raise DemoError(
            f"More than {MAX_LINE:,} characters are said in one turn, in {_named(long)}. Mostly "
            "the names of the speakers are missing after that: begin each turn with who speaks."
        )


def _counselors(speakers: Sequence[str]) -> frozenset[str]:
    """Those whose label says that they are the counselor; empty where that is not clear.

    >>> sorted(_counselors(["C", "T"])), sorted(_counselors(["A", "B"]))
    (['T'], [])
    """
    found = frozenset(s for s in speakers if _COUNSELOR.fullmatch(s))
    return found if len(found) < len(speakers) else frozenset()


def _left_out(preface: Sequence[str]) -> Iterator[str]:
    if numbers := [number for number, line in enumerate(preface, start=1) if line.strip()]:
        yield f"Nobody is named as the speaker of {_named(numbers)}, which will be left out."


def _reminders(rows: Sequence[Row]) -> Iterator[str]:
    for what, pattern in _TELLTALE.items():
        numbers = [row.number for row in rows if pattern.search(row.text)]
        if numbers:
            yield f"What looks like {what} is in {_named(numbers)}."


def _named(numbers: Sequence[int]) -> str:
    """The numbers of lines, in words.

    >>> _named([3]), _named([1, 2, 3, 4, 5, 6, 7])
    ('line 3', 'lines 1, 2, 3, 4, 5 and 2 more')
    """
    if len(numbers) == 1:
        return f"line {numbers[0]:,}"
    told = ", ".join(f"{number:,}" for number in numbers[:_NAMED])
    more = len(numbers) - _NAMED
    return f"lines {told} and {more} more" if more > 0 else f"lines {told}"
