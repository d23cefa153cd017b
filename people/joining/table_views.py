"""Inviting by table: the file is checked and shown, then what was shown is done.

Nothing of it is kept on the server: between showing and doing, the lines travel in the page itself, signed for the person who uploaded
them and for one hour. The uploaded file is gone with the request.
"""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook  # type: ignore[import-untyped]

from people.joining.entries import COLUMNS, NEEDED, Entry
from people.joining.forms import TableForm
from people.joining.permissions import Actor
from people.joining.plans import Plan, carry_out, plan_entries, plan_file
from people.joining.sheet import MOST_BYTES

SALT = "people.joining.table"
VALID_SECONDS = 3600
# A request ends before the server's limit of 60 seconds; what is left goes on with one more tap.
WORK_SECONDS = 20.0
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _district(request: HttpRequest) -> Actor:
    actor = Actor(request.user)
    if not actor.is_district:
        raise PermissionDenied
    return actor


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """`/admin/menschen/tabelle/`: the file, and what it would do."""
    actor = _district(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        # One byte too many is enough to say that it is too long.
        plan = plan_file(upload.name[:100], upload.read(MOST_BYTES + 1), actor)
        return _preview(request, plan)
    return TemplateResponse(request, "wagtailadmin/joining/table.html", {"form": form, "columns": COLUMNS, "needed": NEEDED})


@require_POST
def table_do(request: HttpRequest) -> HttpResponse:
    """Do what was shown, as far as it is still to do; a second tap does nothing twice."""
    actor = _district(request)
    try:
        file, owner, rows = signing.loads(request.POST.get("lines", ""), salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("Das hat zu lange gewartet. Bitte die Tabelle noch einmal hochladen; niemand wird doppelt eingeladen."))
        return redirect("people_table")
    if owner != request.user.pk:
        raise PermissionDenied
    plan = plan_entries(file, [Entry.of_plain(row) for row in rows], actor)
    if plan.faults:
        return _preview(request, plan)
    done = carry_out(plan, actor, seconds=WORK_SECONDS)
    if done.faults or done.rest:
        context = {"done": done, "lines": _signed(request, file, done.rest) if done.rest else ""}
        return TemplateResponse(request, "wagtailadmin/joining/table_done.html", context)
    words = ngettext("%(n)d Einladung ist geschrieben.", "%(n)d Einladungen sind geschrieben.", done.invited) % {"n": done.invited}
    messages.success(request, words)
    return redirect("people_teams")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table as XLSX, with a sheet that says what goes where. Postcodes are text in it."""
    _district(request)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Einladungen")
    sheet.append(COLUMNS)
    for letter, width in zip("ABCDEFGHI", (18, 34, 16, 28, 8, 20, 16, 20, 34), strict=True):
        sheet.column_dimensions[letter].width = width
        for number in range(2, 202):
            sheet[f"{letter}{number}"].number_format = "@"
    notes = book.create_sheet(_("Hinweise"))
    for line in _notes():
        notes.append(line)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 14, 90
    content = BytesIO()
    book.save(content)
    response = HttpResponse(content.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="einladungen.xlsx"'
    return response


def _notes() -> list[tuple[str, str]]:
    return [
        ("kennung", _("Nur für Anbieter, die schon da sind und deren Name mehrmals vorkommt. Sonst leer lassen.")),
        ("name", _("Name der Einrichtung. Gibt es sie am selben Ort schon, wird sie genommen.")),
        ("art", _("Kita, Familienzentrum, Beratungsstelle, Verein, Kreisverwaltung oder Sonstige. Leer heißt Kita.")),
        ("strasse", _("Mit Straße, Postleitzahl und Ort ist die Seite gleich online, sonst bleibt sie ein Entwurf.")),
        ("plz", _("Fünf Ziffern.")),
        ("ort", _("Immer ausfüllen.")),
        ("vorname", _("Wer die Einladung bekommt.")),
        ("nachname", _("Wer die Einladung bekommt.")),
        ("email", _("Dorthin geht die Einladung. Familien sehen die Adresse nicht. Mehrere Personen: mehrere Zeilen.")),
    ]


def _preview(request: HttpRequest, plan: Plan) -> HttpResponse:
    ready = bool(plan.open) and not plan.faults
    context: dict[str, Any] = {"plan": plan, "lines": _signed(request, plan.file, [step.entry for step in plan.steps]) if ready else ""}
    return TemplateResponse(request, "wagtailadmin/joining/table_preview.html", context)


def _signed(request: HttpRequest, file: str, entries: list[Entry]) -> str:
    return signing.dumps([file, request.user.pk, [entry.plain() for entry in entries]], salt=SALT, compress=True)
