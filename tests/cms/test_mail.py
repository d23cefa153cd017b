"""The mail queue, with a real mail server that is down and up."""

import socket
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from io import StringIO
from threading import Event, Thread
from time import sleep

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms.mail import delivery, letters, worker
from cms.mail.models import OutgoingMail
from tests.cms.test_settings import WHOLE, settings_of


class Post:
    """What the server got; addresses in `refused` it does not take."""

    def __init__(self):
        self.got, self.refused = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "451 Später bitte"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        self.got.append((envelope.rcpt_tos, message))
        return "250 OK"

    @property
    def addresses(self):
        return sorted(address for addresses, _message in self.got for address in addresses)


@pytest.fixture
def queue(settings):
    """Mail goes as in production, to a port at which nobody listens yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "cms.mail.backend.QueueBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return settings


@pytest.fixture
def server(queue):
    """The mail server; `server.start()` and `server.stop()` as often as one likes."""
    post = Post()
    running = []

    def start():
        controller = Controller(post, hostname="127.0.0.1", port=queue.EMAIL_PORT, decode_data=False, enable_SMTPUTF8=False)
        controller.start()
        running.append(controller)

    def stop():
        running.pop().stop()

    post.start, post.stop = start, stop
    yield post
    while running:
        stop()


def write(number=1, to="kita@example.org"):
    for each in range(number):
        send_mail(f"Brief {each}", "Schöne Grüße", None, [to])


@pytest.mark.django_db
def test_a_server_that_is_down_loses_nothing_and_gets_nothing_twice(server):
    write(3)
    now = timezone.now()
    down = delivery.send_due(now)
    assert (down.sent, down.failed, down.unreachable) == (0, 1, True)
    assert OutgoingMail.objects.waiting().count() == 3
    server.start()
    # The one that was tried rests for a minute, the others go now.
    assert delivery.send_due(now).sent == 2
    assert delivery.send_due(now).sent == 0
    assert delivery.send_due(now + timedelta(minutes=2)).sent == 1
    assert delivery.send_due(now + timedelta(days=1)).sent == 0
    assert sorted(message["Subject"] for _to, message in server.got) == ["Brief 0", "Brief 1", "Brief 2"]
    assert not OutgoingMail.objects.waiting().exists()


@pytest.mark.django_db
def test_pauses_grow_and_end_in_giving_up_after_days(queue):
    write()
    mail, now, pauses = OutgoingMail.objects.get(), timezone.now(), []
    while not mail.given_up_at:
        delivery.send_due(now)
        mail.refresh_from_db()
        if mail.next_try_at:
            pauses.append(mail.next_try_at - now)
            now = mail.next_try_at
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert pauses[-1] == timedelta(hours=1)
    assert timedelta(days=5) <= mail.given_up_at - mail.queued_at < timedelta(days=5, hours=2)
    assert "ConnectionRefusedError" in mail.last_error


@pytest.mark.django_db
def test_one_refused_address_holds_up_no_other_and_comes_later(server):
    server.start()
    server.refused.add("voll@example.org")
    EmailMessage("An alle", "Hallo", to=["voll@example.org", "leer@example.org"], bcc=["blind@example.org"]).send()
    now = timezone.now()
    assert (delivery.send_due(now).sent, server.addresses) == (2, ["blind@example.org", "leer@example.org"])
    server.refused.clear()
    delivery.send_due(now + timedelta(minutes=2))
    assert server.addresses == ["blind@example.org", "leer@example.org", "voll@example.org"]
    assert all("blind" not in str(message) for _to, message in server.got)


@pytest.mark.django_db
def test_the_message_arrives_as_it_was_written(server):
    mail = EmailMultiAlternatives("Grüße aus Nassau – für 🌻 alle", "Über\nFrom hier\n.\nEnde", to=["Jürgen <j@example.org>"])
    mail.attach_alternative("<p>Über</p>", "text/html")
    mail.attach("plan ä.pdf", b"\x00\xff%PDF", "application/pdf")
    mail.send()
    server.start()
    delivery.send_due()
    ((to, message),) = server.got
    assert to == ["j@example.org"]
    assert message["Subject"] == "Grüße aus Nassau – für 🌻 alle"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Message-ID"]
    assert message.get_body(("plain",)).get_content() == "Über\r\nFrom hier\r\n.\r\nEnde"
    assert message.get_body(("html",)).get_content().strip() == "<p>Über</p>"
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("plan ä.pdf", b"\x00\xff%PDF")


@pytest.mark.django_db
def test_a_change_that_is_undone_sends_nothing(queue):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_process_that_died_with_a_mail_in_hand_leaves_it_for_later(server):
    write()
    mail = OutgoingMail.objects.get()
    now = timezone.now()
    assert delivery._claim(mail.pk, now)
    server.start()
    assert delivery._claim(mail.pk, now) is None
    assert delivery.send_due(now).sent == 0
    assert delivery.send_due(now + timedelta(minutes=11)).sent == 1


@pytest.mark.django_db
def test_contents_go_after_a_week_and_the_rest_after_three_months(server):
    write()
    server.start()
    now = timezone.now()
    delivery.send_due(now)
    assert delivery.forget_old(now + timedelta(days=6)) == 0
    assert delivery.forget_old(now + timedelta(days=8)) == 1
    mail = OutgoingMail.objects.get()
    assert (bytes(mail.contents), mail.recipient) == (b"", "kita@example.org")
    delivery.forget_old(now + timedelta(days=91))
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_what_waits_is_never_forgotten(queue):
    write()
    delivery.forget_old(timezone.now() + timedelta(days=400))
    assert bytes(OutgoingMail.objects.get().contents)


@pytest.mark.django_db
def test_the_command_sends_and_says_what_is_left(server):
    write(2)
    delivery.send_due()
    server.start()
    out = StringIO()
    call_command("send_mail", stdout=out)
    assert out.getvalue() == "1 sent, 0 failed, 1 waiting, 0 given up\n"
    call_command("send_mail", again=True, stdout=out)
    assert len(server.got) == 2


@pytest.mark.django_db
def test_mails_of_accounts_go_into_the_queue_too(queue, client):
    get_user_model().objects.create_user("leiterin@example.org", "ein-langes-passwort")
    client.post(reverse("account_reset_password"), {"email": "leiterin@example.org"})
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "leiterin@example.org"
    assert b"/konto/" in bytes(mail.contents)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_sends_what_a_request_has_written(server):
    server.start()
    end = Event()
    thread = Thread(target=worker.follow, args=(end,))
    thread.start()
    with transaction.atomic():
        write()
        assert server.got == []
    while OutgoingMail.objects.waiting().exists() and thread.is_alive():
        sleep(0.05)
    end.set()
    worker.written.set()
    thread.join()
    assert server.addresses == ["kita@example.org"]


@pytest.mark.django_db
def test_the_demos_mails_lie_as_files_that_one_opens(queue, tmp_path):
    queue.MAIL_TRANSPORT, queue.EMAIL_FILE_PATH = "cms.mail.folder.FolderBackend", str(tmp_path)
    write()
    mail = EmailMultiAlternatives("Größer <b>", "Text", to=["kita@example.org"])
    mail.attach_alternative("<p>Schön</p>", "text/html")
    mail.send()
    assert delivery.send_due().sent == 2
    index = (tmp_path / "index.html").read_text()
    assert index.index("Größer &lt;b&gt;") < index.index("Brief 0")
    (html,) = tmp_path.glob("2*.html")
    assert html.read_text() == "<p>Schön</p>"
    assert "Schöne Grüße" in next(tmp_path.glob("*brief-0.txt")).read_text()


@pytest.mark.django_db
def test_a_letter_has_one_line_of_subject_and_says_how_to_stop(queue, tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    for ending, text in {
        "subject.txt": "Angebot „{{ title|safe }}“\nneu\n",
        "txt": '{% extends "mail/base.txt" %}{% block content %}über {{ title }}{% endblock %}',
        "html": '{% extends "mail/base.html" %}{% block content %}<p>über {{ title }}</p>{% endblock %}',
    }.items():
        (folder / f"probe.{ending}").write_text(text)
    queue.TEMPLATES = [{**queue.TEMPLATES[0], "DIRS": [tmp_path, *queue.TEMPLATES[0]["DIRS"]]}]
    sent = letters.send(
        ["a@example.org", "b@example.org", "a@example.org"],
        "probe",
        {"title": "Ä & {{ B }}"},
        stop_url="https://x.example/s/",
        one_click=True,
    )
    assert sent == 2
    message = message_from_bytes(bytes(OutgoingMail.objects.get(recipient="a@example.org").contents), policy=default)
    assert message["Subject"] == "Angebot „Ä & {{ B }}“ neu"
    assert message["To"] == "a@example.org"
    assert message["List-Unsubscribe"] == "<https://x.example/s/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.startswith("Guten Tag,\n\nüber Ä & {{ B }}\n")
    assert "über Ä &amp; {{ B }}" in html
    assert "http" not in html.replace(queue.WAGTAILADMIN_BASE_URL, "")


@pytest.mark.django_db
def test_the_admin_says_what_has_not_gone_out_and_tries_again(queue, admin_client):
    write()
    assert "nicht hinausgegangen" not in admin_client.get(reverse("wagtailadmin_home")).content.decode()
    OutgoingMail.objects.update(queued_at=timezone.now() - timedelta(days=6), tries=20)
    delivery.send_due()
    assert OutgoingMail.objects.given_up().count() == 1
    assert "1 E-Mail ist nicht hinausgegangen" in admin_client.get(reverse("wagtailadmin_home")).content.decode()
    page = admin_client.get(reverse("unsent_mails")).content.decode()
    for word in ("Brief 0", "kita@example.org", "Aufgegeben", "nach 21 Versuchen", "ConnectionRefusedError"):
        assert word in page
    assert "Schöne Grüße" not in page
    assert admin_client.get(reverse("retry_mails")).status_code == 405
    admin_client.post(reverse("retry_mails"))
    assert OutgoingMail.objects.due(timezone.now()).count() == 1


@pytest.mark.django_db
def test_the_queue_is_for_those_who_may_see_it(queue, client):
    user = get_user_model().objects.create_user("kita@example.org", "ein-langes-passwort")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    write()
    client.force_login(user)
    assert client.get(reverse("unsent_mails")).status_code == 302
    before = OutgoingMail.objects.get().next_try_at
    client.post(reverse("retry_mails"))
    assert OutgoingMail.objects.get().next_try_at == before


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's database of the tests is in memory, and its threads block each other")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_senders_at_once_send_each_mail_once(server):
    server.start()
    write(30)

    def work():
        delivery.send_due()
        connection.close()

    threads = [Thread(target=work) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message["Subject"] for _to, message in server.got) == sorted(f"Brief {each}" for each in range(30))


def test_the_folder_of_mails_is_the_one_that_email_url_names(tmp_path):
    folder = f"{tmp_path}/mails mit Lücke"
    found = settings_of(tmp_path, "EMAIL_FILE_PATH", "MAIL_TRANSPORT", **WHOLE | {"EMAIL_URL": f"filemail://{folder}"})
    assert found == {"EMAIL_FILE_PATH": folder, "MAIL_TRANSPORT": "cms.mail.folder.FolderBackend"}
