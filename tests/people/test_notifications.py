"""What Wagtail writes to people about listings: handed in, approved, given back, comments. Text and HTML in our look."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, PageSubscription
from wagtail.signals import workflow_submitted
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from offers.models.rules import Approval
from people.approval import ensure_approval
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import offer, provider
from tests.people.builders import member, team_member
from tests.people.test_approval import act, choose, form, write

pytestmark = pytest.mark.django_db

TITLE = "Krabbelgruppe"


@pytest.fixture
def kita():
    return provider("kita-nassau", title="Kita Nassau & <Co>", street="Amselweg 14", postal_code="56377", town="Nassau")


@pytest.fixture
def leader(kita):
    return team_member(kita)


@pytest.fixture
def district(kita):
    user = member(RoleName.DISTRICT)
    ensure_approval(ensure_team(RoleName.DISTRICT))
    return user


def only_mail(to):
    """The one mail to somebody: its subject, its text, and what one reads of its HTML; both in our frame, greeting by name."""
    (message,) = [each for each in mail.outbox if to.email in each.to]
    mail.outbox.clear()
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    text, read = message.body, " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2])).split())
    assert text.startswith(f"Guten Tag {to.first_name},\n\n")
    for content in (" ".join(text.split()), read):
        assert content.count(f"Guten Tag {to.first_name},") == 1
        assert "Herzliche Grüße Ihre Kreisverwaltung" in content
        assert "Wählen, welche Mails Sie bekommen" in content
        assert settings.WAGTAIL_SITE_NAME in content
    assert text.count(f"{reverse('wagtailadmin_account')}#tab-notifications") == html.count(f"{reverse('wagtailadmin_account')}#tab-") == 1
    assert "&amp;" not in text
    assert "\n\n\n" not in text
    assert "<img" not in html
    return message.subject, text, html, read


def has_button(html, path, label):
    """Whether the HTML has a button to this page of ours."""
    address = re.escape(settings.WAGTAILADMIN_BASE_URL + path)
    return bool(re.search(rf'<a href="{address}" style="display:inline-block[^"]*">{label}</a>', html))


def edit_path(page):
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def test_handed_in(client, kita, leader, district):
    choose(Approval.ALWAYS)
    page = write(client, leader, kita, "action-submit")
    subject, text, html, read = only_mail(district)
    assert subject == f"„{TITLE}“ wartet auf Ihre Freigabe"
    for content in (text, read):
        assert f"„{TITLE}“ von Kita Nassau & <Co> wartet auf Ihre Freigabe. Erst danach sehen Familien es." in content
    assert "Kita Nassau &amp; &lt;Co&gt;" in html
    assert settings.WAGTAILADMIN_BASE_URL + edit_path(page) in text
    assert has_button(html, edit_path(page), "Lesen, freigeben oder zurückgeben")
    preview = reverse("wagtailadmin_pages:workflow_preview", args=(page.pk, page.current_workflow_task.pk))
    assert preview in text
    assert preview in html


def test_handed_in_where_administrators_want_to_know(client, kita, leader, district, settings):
    settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = True
    choose(Approval.ALWAYS)
    page = write(client, leader, kita, "action-submit")
    admin = type(leader).objects.create_superuser("admin@example.org", "ein-langes-passwort", first_name="Ada")
    mail.outbox.clear()
    state = page.current_workflow_state
    workflow_submitted.send(sender=type(state), instance=state, user=leader)
    subject, text, html, read = only_mail(admin)
    assert subject == f"„{TITLE}“ wartet auf Freigabe"
    for content in (text, read):
        assert f"„{TITLE}“ von Kita Nassau & <Co> wartet auf Freigabe." in content
    assert has_button(html, edit_path(page), "Ansehen")


def test_approved(client, kita, leader, district):
    choose(Approval.ALWAYS)
    page = write(client, leader, kita, "action-submit")
    mail.outbox.clear()
    act(client, district, page, "approve")
    subject, text, html, read = only_mail(leader)
    assert subject == f"„{TITLE}“ ist online"
    for content in (text, read):
        assert f"„{TITLE}“ ist freigegeben, Familien sehen es jetzt." in content
    page.refresh_from_db()
    assert page.full_url in text
    assert re.search(rf'<a href="{re.escape(page.full_url)}" style="display:inline-block[^"]*">So sehen es Familien</a>', html)


def test_given_back(client, kita, leader, district):
    choose(Approval.ALWAYS)
    page = write(client, leader, kita, "action-submit")
    mail.outbox.clear()
    act(client, district, page, "reject", comment="Bitte <b>Alter</b> & Preis\nergänzen")
    subject, text, html, read = only_mail(leader)
    assert subject == f"„{TITLE}“: bitte noch einmal ansehen"
    assert "Bitte <b>Alter</b> & Preis\nergänzen" in text
    assert "Bitte &lt;b&gt;Alter&lt;/b&gt; &amp; Preis<br>ergänzen" in html
    assert "Dazu steht:" in read
    assert has_button(html, edit_path(page), "Ändern und neu einreichen")


@pytest.fixture
def commented(client, kita, leader, district):
    """An offer that the leader has commented on, and whose comments they hear of."""
    page = offer(kita, "krabbeln", title=TITLE)
    page.save_revision(user=leader)
    PageSubscription.objects.create(user=leader, page=page, comment_notifications=True)
    comments = [
        Comment.objects.create(page=page, user=leader, text=f"Stimmt <{word}>?", contentpath="title") for word in ("das Alter", "der Preis")
    ]
    client.force_login(district)
    return page, comments


def test_comments_and_answers(client, leader, commented):
    page, (answered, resolved) = commented

    def existing(comment, **changed):
        replies = inline_formset(changed.pop("replies", []))
        return {
            "id": comment.pk,
            "text": comment.text,
            "contentpath": "title",
            "position": "",
            "deleted": "",
            "resolved": "",
            **changed,
        } | {"replies": replies}

    comments = inline_formset(
        [
            existing(answered, replies=[{"id": "", "text": "Ja & <i>genau</i>", "deleted": ""}]),
            existing(resolved, resolved="1"),
            {"id": "", "text": "Neu & gut", "contentpath": "title", "position": "", "replies": inline_formset([])},
        ],
        initial=2,
    )
    values = {name: value for name, value in form(title=TITLE, slug=page.slug).items() if not name.startswith("comments-")}
    answer = client.post(edit_path(page), values | nested_form_data({"comments": comments}))
    assert answer.status_code == 302
    subject, text, html, read = only_mail(leader)
    assert subject == f"District: Kommentare zu „{TITLE}“"
    for content in (" ".join(text.split()), read):
        assert f"District hat Kommentare zu „{TITLE}“ geschrieben oder erledigt." in content
        assert re.search(r"Neue Kommentare: „?Neu & gut", content)
        assert re.search(r"Erledigte Kommentare: „?Stimmt <der Preis>\?", content)
        assert re.search(r"Neue Antworten auf: „Stimmt <das Alter>\?“ „?Ja & <i>genau</i>", content)
        assert "Gelöschte" not in content
    assert "Ja &amp; &lt;i&gt;genau&lt;/i&gt;" in html
    assert settings.WAGTAILADMIN_BASE_URL + edit_path(page) in text
    assert has_button(html, edit_path(page), "Ansehen und antworten")
