"""The words with which a new site begins. Editors change them in the admin; code never does again."""

from django.utils.translation import gettext as _

HOME = {
    "title": _("Familien im Rhein-Lahn-Kreis"),
    "headline": _("Wer hilft uns? Wo trifft man andere Eltern?"),
    "introduction": _("Krabbelgruppen, Beratung und Elternabende in Ihrer Nähe. Von Kitas und Familienzentren, zum Hingehen und Anrufen."),
    "examples": _("Krabbelgruppe, Hebamme, Mein Kind schläft nicht, Geld beantragen, Elterncafé"),
}

# title, slug, introduction, body
STANDARD_PAGES = [
    (
        _("Über diese Seite"),
        "ueber-diese-seite",
        _("Hier finden Familien im Rhein-Lahn-Kreis Gruppen, Beratung und Veranstaltungen in ihrer Nähe."),
        _(
            "<p>Kitas, Familienzentren, Beratungsstellen und Vereine tragen ihre Angebote selbst ein. "
            "Der Kreis betreibt die Seite und hilft beim Eintragen.</p>"
            "<h2>Was kostet das?</h2><p>Die Seite kostet nichts. Sie brauchen kein Konto. "
            "Viele Angebote sind kostenfrei; was Geld kostet, steht dabei.</p>"
            "<h2>Ist alles aktuell?</h2><p>Jede Einrichtung bestätigt ihre Angebote regelmäßig. "
            "Rufen Sie vor einem weiten Weg kurz an.</p>"
        ),
    ),
    (
        _("Impressum"),
        "impressum",
        _("Wer für diese Seite verantwortlich ist."),
        _(
            "<p>Diese Seite ist eine Vorführung mit erfundenen Angeboten. Geht sie an den Start, steht hier, wer sie herausgibt: "
            "Name und Anschrift der Kreisverwaltung, wer sie vertritt, Telefon und E-Mail.</p>"
            "<h2>Karte</h2><p>Grenzen: © GeoBasis-DE / BKG 2017 (Daten verändert). Einwohner und Postleitzahlen: "
            "Statistisches Bundesamt, Datenlizenz Deutschland 2.0. Orte in der Umgebung: GeoNames, CC BY 4.0. "
            "Bahnhöfe: Deutsche Bahn, CC BY 4.0.</p>"
            "<h2>Zeichen und Schrift</h2><p>KERN UX-Standard (EUPL 1.2), Fira Sans (OFL 1.1), Lucide (ISC).</p>"
        ),
    ),
    (
        _("Datenschutz"),
        "datenschutz",
        _("Was diese Seite über Sie erfährt: so gut wie nichts."),
        _(
            "<h2>Wenn Sie suchen und lesen</h2><p>Diese Seite setzt dabei keine Cookies. Sie fragt keine anderen Server: "
            "Schrift, Karte und Bilder kommen von hier. Niemand zählt, wer Sie sind.</p>"
            "<p>„Meinen Standort verwenden“ fragt Ihren Browser erst, wenn Sie den Knopf drücken. "
            "Der Punkt steht dann gerundet in der Adresse der Suche und wird nicht gespeichert.</p>"
            "<h2>Wenn Sie Angebote eintragen</h2><p>Wer sich anmeldet, bekommt Cookies für die Sitzung und die Sicherheit. "
            "Wir speichern Ihre E-Mail-Adresse, Ihren Namen und was Sie geändert haben.</p>"
            "<h2>Links nach draußen</h2><p>Der Weg zur Routenplanung und zu den Seiten der Einrichtungen führt auf andere Server. "
            "Dort gilt deren Datenschutz.</p>"
        ),
    ),
    (
        _("Barrierefreiheit"),
        "barrierefreiheit",
        _("Diese Seite soll für alle gut benutzbar sein."),
        _(
            "<p>Wir richten uns nach WCAG 2.2, Stufe AA, und der BITV 2.0. Alles geht mit der Tastatur und mit einem Screenreader. "
            "Was auf der Karte steht, steht auch in der Liste.</p>"
            "<h2>Etwas klappt nicht?</h2><p>Schreiben Sie uns oder rufen Sie an. Wir kümmern uns darum und antworten. "
            "Hilft das nicht, ist die Durchsetzungsstelle des Landes für Sie da.</p>"
        ),
    ),
]
