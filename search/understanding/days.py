"""Days, times of the day and dates in the words of a question. Pure; dates count from the day that is given."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from search.understanding.tokens import Line, fold, word_set

ABBREVIATIONS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_FULL = {
    name + ending: day
    for day, name in zip(ABBREVIATIONS, ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"), strict=True)
    for ending in ("", "s")
}
_DAYS = {**{day: day for day in ABBREVIATIONS}, **_FULL}
_BETWEEN = {"und", "oder", "bis"}

# "Eltern Abend" is an evening for parents, no time of the day.
_EVENING_OF = word_set(
    "eltern info themen papa papas väter vater mütter mutter mama spiele spiel feier familien film koch näh bastel lese vorlese "
    "frauen männer lieder musik sing tanz kennenlern heilig winter sommer guten ein einen einem einer der den das schöner schönen "
    "bunter gemütlicher offener kind kinder oma opa großeltern jeden jede bis begegnungs informations gesprächs stamm mädels"
)
_EVENING_FOR = word_set("essen brot ritual kleid lied schule betreuung gebet stern routine")
_PAST = word_set("seit letzten letzte letzter letztem vorigen vergangenen jeden")

_EVERY = word_set("jeden jede jedes every her каждый каждое кожен кожні fiecare co uebers übers")
_CHILD = word_set("kind baby sohn tochter säugling kleiner kleine mann frau partner freund zwillinge ex kinder son daughter husband")
_OWN = word_set("mein meine unser unsere my our das der die")
_ASKS = word_set(
    "wo was welche welcher wer wann gibt gibts suche suchen sucht kann können könnte wohin where what when who looking где куда де "
    "куди gdzie kto nerede var mi mı وين اين هل unde"
)
_TROUBLE = re.compile(
    r"schrei\w*|weint|weinen|schlaeft|schlafen|schlaf|einschlafen|durchschlafen|schlaeft|streit|streiten|wutanfall\w*|bett|aufwach\w*|wacht|muede|erschoepft|"
    r"traurig|spuckt|kolik\w*|unruhig|hunger|quengel\w*|cry\w*|cries|sleep\w*|screams?|allein|einsam|kaputt|fertig|schlecht|dringend|notfall|geschlagen|sofort|"
    r"drama|traene\w*|heul\w*|geheule|schlimmer|klammert|abgabe|hektik|chaos|kampf"
)

_TELLING = word_set("ich wir er sie es ist sind war waren hab habe haben hat i we he she is was has have")
# Who needs help now.
_NEED = re.compile(
    r"nachts?|schutz\w*|fieber|schuettelfrost|notruf|polizei|gewalt|frauenhaus|gebruell|safe|unsafe|shelter|night|вночi|вночі|ночью|ночь|"
    r"безпе\w*|безопасн\w*|noc|noca|gece|guvenli\w*|bezpieczn\w*|امان|امن|ليل|الليله|الليلة|شب|امشب|essen|hungrig|obdachlos"
)
# What takes place: words of questions about events, or their beginnings and ends.
_EVENT = re.compile(
    r"^los$|unternehm|veranstalt|fest(?:e|en|ival)?$|treff|gruppe|kurse?$|vortrag|cafe$|markt$|theater|kino|konzert|angebot|spiel|turnen|offen|"
    r"geoeffnet|hingehen|ausflug|event|activit|meetup|class|course|talk|fair$|concert|show$|etkinlik|senlik|kurs|мероприят|заняти|розваг|"
    r"встреч|зустріч|зустріч|лекц|праздник|свят|концерт|spotkan|zajec|koncert|festyn|warsztat|انشطه|انشطة|نشاط|فعالي|دوره|دورة|نشست|برنامه|intalnir|activitat"
)
# A sentence of more words than these, and none that asks, tells a story.
LONGEST_WITHOUT_ASKING = 8
SHORT = 4

_MONTHS = {
    fold(name): number
    for number, names in enumerate(
        ("januar jan january", "februar feb february", "märz mrz march", "april apr", "mai may", "juni jun june", "juli jul july",
         "august aug", "september sep sept", "oktober okt october oct", "november nov", "dezember dez december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"(?<![\w.])(?:(?P<year_first>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)|"
    rf"(?P<day>\d{{1,2}})(?:\.\s?|\s)(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)(?:\.?\s(?P<year>20\d\d))?|"
    r"(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<year2>20\d\d|\d\d)?)(?!\d)"
)
# "vom 1. bis zum" 5. Dezember
_FROM = re.compile(r"(?<!\w)(?:vom\s)?(?P<day>\d{1,2})\.\s?(?:bis(?:\szum)?|-|\u2013)\s?$")
_BORN = re.compile(r"gebor|geburt|entbind|stichtag|\bet\b|\bborn\b|due")


def is_story(line: Line) -> bool:
    """Whether a question tells of a day at home ("mein Baby schreit abends") and does not ask for an offer then."""
    if any(_TROUBLE.fullmatch(word) or _NEED.fullmatch(word) for word in line.words):
        return True
    if "?" in line.text or "؟" in line.text or not _ASKS.isdisjoint(line.words):
        return False
    if len(line) > LONGEST_WITHOUT_ASKING and not _TELLING.isdisjoint(line.words):
        return True
    return any(
        word in _CHILD and line.before(position) in _OWN and line.before(position - 1) not in {"fuer", "mit", "for", "with", "und"}
        for position, word in enumerate(line.words)
        if position
    )


def looks_for_events(line: Line) -> bool:
    """Whether "heute" or "nächste Woche" says when something shall take place.

    Help has no dates: who needs a safe place tonight must not be shown tonight's events alone.
    """
    if "hilfe" in line.words or "help" in line.words:
        return False
    return len(line) <= SHORT or any(_EVENT.search(word) for word in line.words)


def is_time(line: Line, first: int, after: int) -> bool:
    """Whether a bare "Abend" means when, and not what: "Eltern Abend", "ein Abend für Väter"."""
    word = line.words[first]
    if after - first > 1 or word not in {"abend", "nachmittag", "vormittag"}:
        return True
    before = line.before(first)
    # "bunter Abend", "Väter Nachmittag"
    return len(line) > 1 and before not in _EVENING_OF and not before.endswith("er") and line.after(after) not in _EVENING_FOR


def is_past(line: Line, first: int) -> bool:
    return line.before(first) in _PAST - {"jeden"}


def every_day(line: Line, first: int) -> bool:
    """ "jeden Abend", "jedes Wochenende": that is how things are at home, not when somebody looks for an offer."""
    return line.before(first) in _EVERY


def abbreviated(line: Line) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Days as "Mo-Fr", "Montag bis Freitag", "Di + Do", "am Mi", "Sa": words from, after, days. Whole names alone are phrases."""
    position = 0
    while position < len(line):
        days, after, ranges = _run_of_days(line, position)
        short = all(line.words[each] in ABBREVIATIONS for each in range(position, after) if line.words[each] in _DAYS)
        if days and (ranges or short) and _is_day(line, position, after, len(days)):
            yield position, after, tuple(dict.fromkeys(days))
        position = max(after, position + 1)


def _run_of_days(line: Line, first: int) -> tuple[list[str], int, bool]:
    """Days that follow each other, the word after them, and whether they are from one to another."""
    days: list[str] = []
    after, ranges = first, False
    while after < len(line) and line.words[after] in _DAYS:
        day = _DAYS[line.words[after]]
        gap = line.text[line.tokens[after - 1].end : line.tokens[after].start] if days else ""
        if days and (re.search(r"[-\u2013]", gap) or line.before(after) == "bis"):
            low, high = ABBREVIATIONS.index(days[-1]), ABBREVIATIONS.index(day)
            days += ABBREVIATIONS[low + 1 : high + 1]
            ranges = True
        else:
            days.append(day)
        after += 1
        if line.after(after) in _BETWEEN and line.after(after + 1) in _DAYS:
            after += 1
    return days, after, ranges


def _is_day(line: Line, first: int, after: int, number: int) -> bool:
    """Whether two letters mean a day: most of them are words as well, and need company."""
    written = line.text[line.tokens[first].start : line.tokens[first].end]
    if not line.stands_alone(first, after):
        return False
    if number > 1:
        return written != "so" and not (written == "do" and line.words[first:after] == ["do", "so"])
    if written.lower() == "sa":
        return True
    if line.before(first) in {"am", "jeden", "immer"}:
        return written != "so"
    following = line.text[line.tokens[first].end :]
    return written != "so" and bool(re.match(r"\.?\s\d{1,2}(?:[.:]\d\d)?\s?(?:uhr|-)", following))


def relative(name: str, today: date) -> tuple[date, date]:
    """The first and last day that a phrase such as "next_week" means."""
    monday = today - timedelta(days=today.weekday())
    day = timedelta(days=1)
    return {
        "today": (today, today),
        "tomorrow": (today + day, today + day),
        "after_tomorrow": (today + 2 * day, today + 2 * day),
        "this_week": (today, monday + 6 * day),
        "next_week": (monday + 7 * day, monday + 13 * day),
        "this_weekend": (max(today, monday + 5 * day), monday + 6 * day),
        # On a Monday some mean the coming one, some the one after.
        "next_weekend": (max(today, monday + 5 * day), monday + 13 * day),
    }[name]


def next_weekday(day: str, today: date) -> date:
    return today + timedelta(days=(ABBREVIATIONS.index(day) - today.weekday()) % 7)


def dates(folded: str, today: date) -> Iterator[tuple[int, int, date | None, date | None]]:
    """Written dates: start, end, first and last day. Without a year the next such day."""
    if _BORN.search(folded):
        return
    for match in _DATE.finditer(folded):
        day = _date_of(match, today)
        if day is None:
            continue
        start = match.start()
        if first := _FROM.search(folded[:start]):
            from_day = _date(day.year, day.month, int(first["day"]))
            if from_day and from_day <= day:
                yield first.start(), match.end(), from_day, day
        elif before := re.search(r"(?<!\w)(?:ab(?: dem)?|vom|bis(?: zum)?)\s$", folded[:start]):
            until = before.group().startswith("bis")
            yield before.start(), match.end(), None if until else day, day if until else None
        else:
            yield start, match.end(), day, day


def _date_of(match: re.Match[str], today: date) -> date | None:
    day = int(match["day"] or match["d2"] or match["d3"])
    month = _MONTHS[match["name"]] if match["name"] else int(match["m2"] or match["m3"])
    year = int(match["year"] or match["year2"] or match["year_first"] or 0)
    if 0 < year < 100:
        year += 2000
    if year:
        return _date(year, month, day)
    found = _date(today.year, month, day)
    return found if found and found >= today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
