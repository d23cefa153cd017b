"""Cells and files of listings: whatever is written comes back, whatever is broken is named."""

import csv
import io
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.choices import Audience
from offers.interchange.cells import Codes, Day, Degrees, Text, Whole, plain, safe
from offers.interchange.faults import CellError
from offers.interchange.rules import Rules
from offers.interchange.table import read, write
from offers.recurrence import Rule

NAMES = ("kennung", "titel")
some_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
some_time = st.builds(time, st.integers(0, 22), st.integers(0, 59))
some_rule = st.one_of(
    st.builds(
        lambda start, day, interval: Rule("weekly", start, time(23, 59), weekday=day, interval=interval),
        some_time,
        st.integers(0, 6),
        st.integers(1, 12),
    ),
    st.builds(
        lambda start, day, week: Rule("monthly", start, time(23, 59), weekday=day, week_of_month=week),
        some_time,
        st.integers(0, 6),
        st.sampled_from([1, 2, 3, 4, -1]),
    ),
    st.builds(lambda start, day: Rule("once", start, time(23, 59), day=day), some_time, st.dates(date(1000, 1, 1), date(2999, 12, 31))),
)


@given(some_text)
def test_any_text_comes_back_from_a_cell_that_is_safe_to_open(text):
    text = text.strip()
    assert plain(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@", "\t"))


@given(st.lists(some_rule, max_size=5))
def test_any_rules_come_back(rules):
    assert Rules().parse(Rules().format(rules)) == rules


@given(st.floats(-180, 180))
def test_any_position_comes_back(value):
    cell = Degrees(180)
    once = cell.parse(cell.format(value))
    assert once == pytest.approx(value, abs=1e-9)
    assert cell.format(once) == cell.format(value)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.integers(0, 216), st.sets(st.sampled_from(Audience.values)))
def test_any_day_age_and_codes_come_back(day, age, codes):
    assert Day().parse(Day().format(day)) == day
    assert Whole(0, 216).parse(Whole(0, 216).format(age)) == age
    cell = Codes(Audience.values)
    assert set(cell.parse(cell.format(codes))) == codes


@given(st.binary())
def test_any_bytes_are_read_or_named_but_never_an_error(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(data)
    rows, faults = read(path, NAMES)
    assert faults or rows or data.decode("utf-8-sig").strip()


@given(st.lists(st.tuples(some_text, some_text), max_size=5))
def test_any_table_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "table.csv"
    wanted = [{"kennung": f"k{first.strip()}", "titel": second.strip()} for first, second in rows]
    assert write(path, NAMES, wanted) == len(wanted)
    found, faults = read(path, NAMES)
    assert faults == []
    assert [row.cells for row in found] == wanted


@pytest.mark.parametrize(
    ("cell", "text", "part"),
    [
        (Degrees(90), "50,31812", "Punkt statt Komma schreiben: 50.31812"),
        (Degrees(90), "91", "vertauscht"),
        (Degrees(90), "nan", "keine Gradzahl"),
        (Degrees(90), "1e5", "keine Gradzahl"),
        (Whole(0, 216), "217", "keine Zahl von 0 bis 216"),
        (Whole(0, 216), "-1", "keine Zahl"),
        (Whole(0, 216), "2.5", "keine Zahl"),
        (Whole(0, 216), "²", "keine Zahl"),
        (Day(), "03.12.2026", "Bitte so schreiben: 2026-12-03"),
        (Day(), "2026-02-30", "kein Tag des Kalenders"),
        (Day(), "2026-W49-4", "kein Tag des Kalenders"),
        (Codes(Audience.values), "eltrn", "Meinten Sie eltern?"),
        (Text(), "zwei\nZeilen", "Zeilenumbruch"),
        (Text(), "null\x00", "Steuerzeichen"),
        (Text(lines=True), "x" * 20_001, "länger als 20000 Zeichen"),
        (Rules(), "mittwochs", "keine Terminregel"),
        (Rules(), "FREQ=WEEKLY;BYDAY=WE 9:30-11:00", "keine Terminregel"),
        (Rules(), "FREQ=WEEKLY;BYDAY=MO,WE 09:30-11:00", "je Wochentag"),
        (Rules(), "FREQ=WEEKLY;BYDAY=WE 11:00-09:30", "endet, bevor es beginnt"),
        (Rules(), "FREQ=WEEKLY;BYDAY=WE 09:30-24:00", "Die Uhrzeit 24:00 gibt es nicht"),
        (Rules(), "FREQ=WEEKLY;INTERVAL=0;BYDAY=WE 09:30-11:00", "1 bis 12 Wochen"),
        (Rules(), "FREQ=MONTHLY;BYDAY=5WE 09:30-11:00", "gibt es nicht jeden Monat"),
        (Rules(), "2026-13-01 09:30-11:00", "kein Tag des Kalenders"),
        (Rules(), "FREQ=WEEKLY;BYDAY=WE 09:30-11:00 |", "keine Terminregel"),
    ],
)
def test_a_broken_cell_says_what_to_write(cell, text, part):
    with pytest.raises(CellError, match=part.replace("?", r"\?")):
        cell.parse(text)


def file_with(tmp_path, data):
    path = tmp_path / "datei.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("data", "line", "part"),
    [
        ("", 1, "Die Datei ist leer"),
        ("kennung,titel\na,b\n", 1, "nicht durch Semikolon getrennt"),
        ("kennung\ttitel\na\tb\n", 1, "nicht durch Semikolon getrennt"),
        ("kennung\na\n", 1, "Es fehlt: titel"),
        ("kennung;titel;preis\na;b;c\n", 1, "Unbekannte Spalte: preis"),
        ("kennung;titel;titel\na;b;c\n", 1, "Doppelte Spalte: titel"),
        ("kennung;titel\na;b\nc;d;e\n", 3, "3 statt 2 Spalten"),
        ('kennung;titel\na;"b\nb"\nc;d;e\n', 4, "3 statt 2 Spalten"),
        ('kennung;titel\na;b\nc;"d\n', 3, "Anführungszeichen"),
        ('kennung;titel\na;"b"c\n', 2, "Anführungszeichen"),
        ('kennung;titel\na;"' + "x" * 200_000 + '"\n', 2, "Anführungszeichen"),
        ("kennung;titel\na;Käse\n".encode("latin-1"), 2, "nicht in UTF-8"),
        ("kennung;titel\na;b\n".encode("utf-16"), 1, "nicht in UTF-8"),
    ],
)
def test_a_broken_file_is_named_by_line_and_remedy(tmp_path, data, line, part):
    _rows, faults = read(file_with(tmp_path, data), NAMES)
    assert [fault.line for fault in faults] == [line]
    assert part in str(faults[0])
    assert str(faults[0]).startswith(f"datei.csv, Zeile {line}")


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffkennung;titel\na;b\n",
        "kennung;titel\r\na;b\r\n",
        "titel;kennung\nb;a\n",
        '"kennung";"titel"\n"a";"b"',
        "kennung;titel\n a ; b \n;\n\n;;;;\n",
    ],
)
def test_what_spreadsheets_make_of_a_file_is_read(tmp_path, data):
    rows, faults = read(file_with(tmp_path, data), NAMES)
    assert faults == []
    assert [row.cells for row in rows] == [{"kennung": "a", "titel": "b"}]


def test_a_formula_is_written_as_text_and_comes_back(tmp_path):
    path = tmp_path / "datei.csv"
    titles = ["=1+1", "+49 2603", "-Liste", "@chat", "'=schon", "'Zitat'"]
    write(path, NAMES, [{"kennung": f"k{number}", "titel": title} for number, title in enumerate(titles)])
    raw = [row[1] for row in csv.reader(io.StringIO(path.read_text()), delimiter=";")][1:]
    assert raw == ["'=1+1", "'+49 2603", "'-Liste", "'@chat", "''=schon", "'Zitat'"]
    assert [row.cells["titel"] for row in read(path, NAMES)[0]] == titles
