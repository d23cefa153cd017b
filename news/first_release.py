"""The release with which the newsroom opens."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

NEWSROOM = {
    "title": "Presse",
    "slug": "presse",
    "introduction": "Was im Kreis für Familien geschieht: Meldungen der Pressestelle, mit Nummer und Datum.",
    "contact": "Pressestelle der Kreisverwaltung\nTelefon 030 23125 900\npresse@example.org",
}

RELEASE_176: dict[str, Any] = {
    "title": "Wie die Kita zum Ort für die ganze Familie wird",
    "slug": "nr-176-2024-sozialraumbudget-workshop",
    "number": 176,
    "year": 2024,
    "released_at": datetime(2024, 6, 14, 10, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    "dateline": "Bad Ems.",
    "lead": (
        "Fachkräfte aus der Kita-Sozialarbeit und der Kita-Netzwerkarbeit haben sich am 13. Juni in Bad Ems getroffen. "
        "Ihr Thema: das Sozialraumbudget, und was es Familien bringt."
    ),
    "body": (
        "<p>Seit 2021 gibt es das Sozialraumbudget für Kitas. Damit konnten im Rhein-Lahn-Kreis Eltern-Kind-Gruppen, "
        "Informationsveranstaltungen und Beratung wachsen, und zwar dort, wo Familien ohnehin jeden Tag sind: in der Kita.</p>"
        "<p>Der Landrat eröffnete den Workshop. Ausgerichtet wurde er gemeinsam mit dem Institut ISM aus Mainz. "
        "Fachkräfte aus vielen Häusern schauten zusammen auf ihre Arbeit und darauf, wie es weitergeht.</p>"
        "<h2>Zwei Aufgaben, ein Ziel</h2>"
        "<p>Die Kita-Sozialarbeit ist für Eltern da, die Rat suchen oder Hilfe bei einem Antrag brauchen. "
        "Die Kita-Netzwerkarbeit verbindet die Häuser mit Beratungsstellen, Vereinen und Nachbarschaft. "
        "Beide wollen dasselbe: dass Familien Unterstützung finden, "
        "bevor aus einer Frage eine Sorge wird.</p>"
        "<h2>Im Dezember sind die Eltern gefragt</h2>"
        "<p>Als Nächstes kommen die zu Wort, um die es geht: Für Dezember ist eine Befragung der Eltern geplant.</p>"
    ),
}
