"""The age of a child, in words of the question. Pure; ages are months.

Durations are no ages ("seit 3 Monaten", "2 Jahre Elternzeit"), and neither are those of adults.
"""

import re
from dataclasses import dataclass
from functools import cache

from search.understanding.tokens import Line, fold, word_set

OLDEST_MONTHS = 16 * 12
YEAR, MONTH, WEEK = 12.0, 1.0, 12 / 52

_NUMBERS = {
    "halb": 0.5, "halbes": 0.5, "halben": 0.5, "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "zwei": 2,
    "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "eineinhalb": 1.5, "einundeinhalb": 1.5, "anderthalb": 1.5, "zweieinhalb": 2.5, "dreieinhalb": 3.5, "viereinhalb": 4.5,
    "fünfeinhalb": 5.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "iki": 2, "üç": 3, "dört": 4, "beş": 5, "altı": 6, "два": 2, "две": 2, "дві": 2, "три": 3,
    "четыре": 4, "чотири": 4, "пять": 5, "п'ять": 5, "dwa": 2, "trzy": 3, "cztery": 4, "pięć": 5,
}  # fmt: skip
_WEAK = {"ein", "eine", "einen", "einem", "einer", "eines", "one"}  # may be articles
# Units that alone make an age, and units that may as well measure a time.
_YEARS_OLD = (
    "jährig{,e,er,es,en,em} jahrig{,e,er,es,en,em} jährige{s,r} yaş yaşında yaşındaki летний летняя летнего летней річний річна "
    "річної річного letni letnia letnie letniego letniej latek latka latki ساله"
)
_MONTHS_OLD = "aylık месячный месячная місячний місячна ماهه"
_YEARS = (
    "jahr jahre jahren jahres j year years yr yrs год года лет годик годика рік роки року років rok roku lata lat سنوات سنة سنين "
    "عام أعوام سال ani"
)
_MONTHS = (
    "monat monate monaten monats mon month months месяц месяца месяцев місяць місяці місяців miesiąc miesiące miesięcy أشهر شهر "
    "شهور ماه luni"
)
_WEEKS = "woche wochen week weeks haftalık недели недель неделя тижні тижнів tygodnie tygodni أسابيع أسبوع"
_FIXED = {"سنتين": 24, "شهرين": 2, "dwulatek": 24, "trzylatek": 36}

# Left of an age and part of it.
_LEADING = word_set(
    "für ab mit von um ca circa etwa ungefähr alter vom for from age aged dla для для від вiд от od ein eine einen einem einer der "
    "die das den dem zu"
)
# Left of what is no age.
_NO_AGE_BEFORE = word_set(
    "seit in vor nach alle aller noch innerhalb binnen nächsten nächste letzten letzte ersten erste vergangenen since within next "
    "last every after через назад уже вже за za przez dauert dauer منذ بعد خلال kommenden weitere weiteren mindestens jede acum "
    "peste"
)
# Right of what is no age.
_NO_AGE_AFTER = word_set(
    "lang her ago schwanger schwangere ssw schwangerschaft elternzeit elterngeld allein alleinerziehend getrennt geschieden "
    "verheiratet zusammen kurs pause karenz wartezeit warten später vorher davor danach zuvor nach vor назад тому temu gewartet "
    "krank arbeitslos hier beziehung ehe garantie wartezeit önce sonra boyunca elternurlaub mutterschutz daheim zuhause frei "
    "urlaub therapie kündigungsfrist"
)
_DURATION_IN = {"deutschland", "germany", "elternzeit", "beziehung", "therapie", "behandlung", "trennung"}
_PREGNANT = ("schwanger", "pregnan", "hamile", "ssw", "беремен", "вагітн", "ciaz", "حامل", "insarcinat", "gravid")
_CHILD = re.compile(
    r"kind|baby|babys|sohn|sohnes|tochter|saeugling|neugeboren\w*|kleine[rn]?|enkel\w*|maedchen|junge|child|kids?|son|daughter|toddler|bebe\w*|cocu\w*|"
    r"ребен\w*|дит\w*|dzieck\w*|syn\w*|cork\w*|طفل\w*|ابن\w*"
)


@dataclass(frozen=True, slots=True)
class Age:
    first: int
    after: int
    months: int


def ages(line: Line, taken: list[bool]) -> list[Age]:
    """All ages of children that the question gives, by the words that say them."""
    if not any(map(_tells, line.words)) or any(word.startswith(_PREGNANT) for word in line.words):
        return []
    folded, starts, ends = _folded(line)
    found: list[Age] = []
    used: set[int] = set()
    for pattern, months_of in ((_TOGETHER, _years_and_months), (_AGE, _months), (_UNDER_THREE, _group), (_BARE, _bare_years)):
        for match in pattern.finditer(folded):
            # Of "mein Sohn ist 4" the son stays.
            begins = next((match.start(name) for name in ("is", "only") if pattern is _BARE and match[name]), match.start())
            first, after = starts.get(begins), ends.get(match.end())
            if first is None or after is None or not used.isdisjoint(range(first, after)) or any(taken[first:after]):
                continue
            if pattern is _AGE and _is_list(line, first):
                return []
            months = months_of(match)
            if months is None or not line.stands_alone(first, after) or not _is_age(line, first, after, match, pattern is _AGE):
                continue
            used.update(range(first, after))
            found.append(Age(_leading(line, first), after, months))
    return sorted(found, key=lambda age: age.first)


def _tells(word: str) -> bool:
    return (
        word[0].isdigit() or word in _number_words() or "jahrig" in word or "jaehrig" in word or word in _fixed() or word in {"u3", "ue3"}
    )


@cache
def _number_words() -> dict[str, float]:
    return {fold(word): value for word, value in _NUMBERS.items()}


@cache
def _fixed() -> dict[str, int]:
    return {fold(word): months for word, months in _FIXED.items()}


def _folded(line: Line) -> tuple[str, dict[int, int], dict[int, int]]:
    """The question in folded words, and which word begins and ends where in it."""
    pieces: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    length = done = 0
    for number, token in enumerate(line.tokens):
        for piece in (line.text[done : token.start], token.word):
            if piece is token.word:
                starts[length] = number
            pieces.append(piece)
            length += len(piece)
        ends[length] = number + 1
        done = token.end
    return "".join(pieces), starts, ends


# Patterns, on folded text


def _any(words: str) -> str:
    written = []
    for word in words.split():
        stem, brace, endings = word.partition("{")
        written += [fold(stem + ending) for ending in endings.rstrip("}").split(",")] if brace else [fold(word)]
    return "|".join(sorted(set(written), key=lambda word: (-len(word), word)))


_NUMBER_WORDS = _any(" ".join(_NUMBERS))
_NUMBER = rf"(?:\d{{1,3}}(?:\s?1/2|\s?½|[.,]\d)?|½|{_NUMBER_WORDS})"
_OLD_UNITS = rf"(?P<yold>{_any(_YEARS_OLD)})|(?P<mold>{_any(_MONTHS_OLD)}|monatig(?:e[rsnm]?)?)"
_UNITS = rf"(?:{_OLD_UNITS}|(?P<y>{_any(_YEARS)})|(?P<m>{_any(_MONTHS)})|(?P<w>{_any(_WEEKS)}))"
_TO = r"\s?(?:-|–|—|bis(?:\szu[mr]?)?|to|do|до|ile|إلى)\s?"
_BOUND = r"(?P<bound>bis zu|bis|unter|ueber|under|below|over|above|up to|until|до|do|ponizej)\s"
_AGE = re.compile(
    rf"(?<!\w)(?<!\d[.,/])(?:{_BOUND})?(?:(?P<low>{_NUMBER})(?:\s?(?:{_any(_YEARS)}|{_any(_MONTHS)}))?{_TO})?"
    rf"(?P<high>{_NUMBER})(?:[\s\-\u2010\u2011])?{_UNITS}(?!\w)(?:\.(?=\s*\w))?"
    r"(?P<old>[\s\-]?(?:alt(?:e[nsrm]?)?|olds?)(?!\w))?"
)
_TOGETHER = re.compile(
    rf"(?<!\w)(?P<years>{_NUMBER})\s?(?:{_any(_YEARS)})(?!\w)[\s,]*(?:(?:und|and|ve|и|та|i)\s)?"
    rf"(?P<months>\d{{1,2}}|{_NUMBER_WORDS})\s?(?:{_any(_MONTHS)})(?!\w)(?P<old>\s(?:alt(?:e[nsrm]?)?|olds?)(?!\w))?"
)
_UNDER_THREE = re.compile(
    r"(?<!\w)(?P<group>u|ue)\s?3(?!\w)(?!\s*-?\s*(?:untersuchung|vorsorge|termin))"
    rf"|(?<!\w)(?P<fixed>{_any(' '.join(_FIXED))})(?!\w)"
)
_CHILD_IS = r"kind|sohn|tochter|kleiner?|enkel(?:in|kind)?|zwillinge|son|daughter|child"
_BARE = re.compile(
    rf"(?<!\w)(?:(?:{_CHILD_IS})(?:\s(?P<is>(?:ist|sind|wird|is|are)\s(?:(?:schon|erst|jetzt|gerade|fast)\s)?(?P<years>\d{{1,2}}))|\s?[(,]\s?(?P<only>\d{{1,2}}))"
    r"(?=\s*(?:$|[,;.!?)]|und\s|and\s))|(?:unter|under|ab)\s(?P<from>[1-6])(?=\s*[.!?]?$))"
)


def _number(text: str) -> float:
    if text in _number_words():
        return _number_words()[text]
    whole = re.match(r"\d+(?:[.,]\d)?", text)
    half = 0.5 if text.endswith(("½", "1/2")) else 0.0
    return (float(whole.group().replace(",", ".")) if whole else 0.0) + half


def _months(match: re.Match[str]) -> int | None:
    factor = YEAR if match["y"] or match["yold"] else WEEK if match["w"] else MONTH
    high = _number(match["high"]) * factor
    if high > OLDEST_MONTHS:
        return None
    bound = match["bound"] or ""
    if match["low"]:
        months = (_number(match["low"]) * factor + high) / 2
    elif bound in {"unter", "under", "below", "ponizej"}:
        months = max(high - 12, high / 2)
    elif bound in {"ueber", "over", "above"}:
        months = high + 6
    elif bound:
        months = high / 2
    else:
        months = high
    return int(months)


def _years_and_months(match: re.Match[str]) -> int | None:
    months = _number(match["years"]) * 12 + _number(match["months"])
    return int(months) if months <= OLDEST_MONTHS and _number(match["months"]) < 24 else None


def _group(match: re.Match[str]) -> int:
    if match["fixed"]:
        return _fixed()[match["fixed"]]
    return 24 if match["group"] == "u" else 42


def _bare_years(match: re.Match[str]) -> int | None:
    years = int(match["years"] or match["only"] or match["from"])
    if match.group().startswith("un"):
        return max(years * 12 - 12, years * 6)
    return years * 12 if 0 < years <= 16 else None


# What is no age


def _is_age(line: Line, first: int, after: int, match: re.Match[str], counted: bool) -> bool:
    leading = _leading(line, first)
    if line.before(leading) in _NO_AGE_BEFORE or (leading > 0 and line.before(first) in _NO_AGE_BEFORE):
        return False
    if line.after(after) in _NO_AGE_AFTER or (line.after(after) == "in" and line.after(after + 1) in _DURATION_IN):
        return False
    if line.before(leading) in {"elternzeit", "elterngeld", "dauer", "kurs", "schwangerschaft"}:
        return False
    if not counted:
        return True
    says_age = bool(match["old"] or match["yold"] or match["mold"])
    child = any(_CHILD.fullmatch(word) for word in line.words)
    if match["mold"] and match["mold"].startswith("monatig"):
        return child
    if re.match(r"\s*\.", line.text[line.tokens[first].end :]) and after - first > 1 and match["high"].isdigit():
        return False  # an ordinal: "im 5. Monat"
    if match["w"] and line.before(first) == "fuer" and not child:
        return False  # how long, not how old
    return says_age or child or match["high"] not in _WEAK


def _is_list(line: Line, first: int) -> bool:
    """ "2 und 4 Jahre" are two children."""
    return (
        line.before(first) in {"und", "and", "u", "oder"}
        and first > 1
        and line.words[first - 2].isdigit()
        and int(line.words[first - 2]) < 17
    )


def _leading(line: Line, first: int) -> int:
    while first > 0 and line.words[first - 1] in _LEADING and not line.glued[first]:
        first -= 1
    return first
