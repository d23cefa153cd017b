"""The demo's post: each mail as files that one opens, and a page that lists them, newest first."""

import os
from collections.abc import Sequence
from email.message import Message
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

LISTED = 500


class FolderBackend(BaseEmailBackend):
    """Writes into the folder of EMAIL_FILE_PATH: text, HTML where there is some, and index.html."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(folder, message)
        self._list(folder)
        return len(email_messages)

    def _write(self, folder: Path, message: EmailMessage) -> None:
        when = timezone.localtime().strftime("%Y-%m-%d %H.%M.%S,%f")
        name = f"{when} {slugify(message.to[0].split('@')[0])[:40]} {slugify(message.subject)[:60]}"
        parts: dict[str, str] = {}
        written: Message = message.message()
        for part in written.walk():
            if part.get_content_maintype() == "text" and not part.get_filename():
                parts.setdefault(part.get_content_subtype(), part.get_payload(decode=True).decode("utf-8", "replace"))  # type: ignore[union-attr]
        head = f"An: {', '.join(message.to)}\nVon: {message.from_email}\nBetreff: {message.subject}\n\n"
        (folder / f"{name}.txt").write_text(head + parts.get("plain", ""), encoding="utf-8")
        if "html" in parts:
            (folder / f"{name}.html").write_text(parts["html"], encoding="utf-8")

    def _list(self, folder: Path) -> None:
        texts = sorted((path for path in folder.glob("*.txt")), reverse=True)[:LISTED]
        mails = []
        for path in texts:
            to, _from, subject = path.read_text(encoding="utf-8").split("\n", 3)[:3]
            html = path.with_suffix(".html")
            mails.append(
                {
                    "when": path.name[:19].replace(".", ":"),
                    "to": to.removeprefix("An: "),
                    "subject": subject.removeprefix("Betreff: "),
                    "text": path.name,
                    "html": html.name if html.exists() else "",
                }
            )
        page = render_to_string("mail/folder.html", {"mails": mails})
        # Another process may be writing the same.
        own = folder / f".index-{os.getpid()}"
        own.write_text(page, encoding="utf-8")
        own.replace(folder / "index.html")
