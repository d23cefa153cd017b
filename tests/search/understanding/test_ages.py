"""Which words are the age of a child, and which count something else."""

import pytest

from tests.search.understanding.conditions import said


@pytest.mark.parametrize(
    ("question", "months", "rest"),
    [
        ("6 Monate", 6, ""),
        ("6 monate altes baby", 6, "baby"),
        ("baby 6 Mon.", 6, "baby"),
        ("1,5 Jahre turnen", 18, "turnen"),
        ("1.5 jahre", 18, ""),
        ("1 1/2 jahre", 18, ""),
        ("1½ Jahre", 18, ""),
        ("eineinhalb Jahre", 18, ""),
        ("anderthalb Jahre", 18, ""),
        ("zweieinhalb Jahre turnen", 30, "turnen"),
        ("turnen für 3-jährige", 36, "turnen"),
        ("turnen 3 jährige", 36, "turnen"),
        ("turnen 3jährig", 36, "turnen"),
        ("dreijähriger", 36, ""),
        ("mit 4 jährigem", 48, ""),
        ("für 2jährige", 24, ""),
        ("fuer 2 jaehrige", 24, ""),
        ("2-3 jährige", 30, ""),
        ("u3 betreuung", 24, "betreuung"),
        ("Ü3", 42, ""),
        ("ein halbes Jahr", 6, ""),
        ("baby 10 Wochen", 2, "baby"),
        ("turnen ab 3 Jahren", 36, "turnen"),
        ("turnen ab 3", 36, "turnen"),
        ("0-3 Jahre", 18, ""),
        ("von 1 bis 3 Jahren", 24, ""),
        ("unter 3 Jahren", 24, ""),
        ("bis 2 Jahre", 12, ""),
        ("drei Jahre", 36, ""),
        ("1 Jahr und 3 Monate", 15, ""),
        ("mein sohn ist 4", 48, "mein sohn"),
        ("tochter (3) turnen", 36, "tochter turnen"),
        ("2 year old", 24, ""),
        ("two years old swimming", 24, "swimming"),
        ("6 months", 6, ""),
        ("3 yaş oyun grubu", 36, "oyun grubu"),
        ("6 aylık bebek", 6, "bebek"),
        ("группа 3 года", 36, "группа"),
        ("3-летний", 36, ""),
        ("група 6 місяців", 6, "група"),
        ("2 lata", 24, ""),
        ("2-latek", 24, ""),
        ("طفل 3 سنوات", 36, "طفل"),
    ],
)
def test_an_age(read, question, months, rest):
    understood = read(question)
    assert said(understood, "alter") == [months]
    assert understood.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "3 Kinder",
        "5 Euro",
        "2 mal",
        "seit 3 Monaten",
        "in 2 Wochen",
        "in 2 Jahren",
        "im 5. Monat",
        "im 5. Monat schwanger",
        "5 monate schwanger",
        "32. Woche",
        "vor 6 Monaten getrennt",
        "seit 2 Jahren allein",
        "seit über 3 Jahren",
        "ich bin 23 jahre",
        "ab 18 Jahren",
        "elternzeit 12 monate",
        "2 jahre elternzeit",
        "2 Jahre lang",
        "alle 2 Wochen",
        "noch 3 Monate",
        "2 years ago",
        "U3 Untersuchung",
        "kinder 2 und 4 jahre",
        "3 jahre alt und 5 jahre alt",
        "ein Jahr Pause",
        "kinderwagen für zwei wochen",
        "ab märz sieben monate daheim",
        "2 месяца назад",
    ],
)
def test_no_age(read, question):
    understood = read(question)
    assert said(understood, "alter") == []
    assert understood.text == question


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("Baby", 4),
        ("säugling bauchweh", 4),
        ("krabbelkind", 9),
        ("Kleinkind trotzt", 24),
        ("toddler group", 24),
        ("kindergartenkind", 48),
        ("Vorschulkinder", 66),
        ("grundschulkind", 84),
        ("baby 9 monate", None),
        ("Mutter", None),
    ],
)
def test_a_word_that_hints_at_an_age_only_ranks(read, question, months):
    understood = read(question)
    assert understood.wishes.age_months == months
    assert question.split()[0] in understood.text
