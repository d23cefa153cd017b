"""make run: prepares what is missing and serves the site as production does, on this machine only.

Standard library and the project's own commands. Safe to interrupt and to repeat: what is there stays.
"""

import hashlib
import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "8000")


def environment() -> None:
    """What production asks for, with values for this machine; what is set already stays."""
    state = Path(os.environ.setdefault("STATE_DIR", str(ROOT / "var")))
    state.mkdir(parents=True, exist_ok=True)
    key = state / "secret-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(60))
        key.chmod(0o600)
    mails = state / "mails"
    mails.mkdir(exist_ok=True)
    for name, value in {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": key.read_text(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": f"http://127.0.0.1:{PORT}",
        "EMAIL_URL": f"filemail://{mails}",
        "LOG_LEVEL": "WARNING",
    }.items():
        os.environ.setdefault(name, value)


def prepare() -> None:
    """Database, demo, index, static files: each does nothing where nothing is to do."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("load_demo")
    collected = Path(os.environ["STATE_DIR"]) / "static" / ".collected"
    if not collected.exists() or collected.read_text() != static_fingerprint():
        print("Style sheets and scripts …", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write_text(static_fingerprint())


def static_fingerprint() -> str:
    """Of names, sizes and times of all static files: hashing and compressing them takes far longer than asking."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def main() -> None:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    environment()
    prepare()
    print(f"\n  http://127.0.0.1:{PORT}/        the site\n  http://127.0.0.1:{PORT}/admin/  for editors", flush=True)
    # A passkey belongs to a name, not to a number.
    print(f"\n  http://localhost:{PORT}/        the same, also with passkeys\n  http://localhost:{PORT}/admin/\n", flush=True)
    if os.environ["EMAIL_URL"].startswith("filemail:"):
        print(f"  Mails: {os.environ['EMAIL_URL'].removeprefix('filemail://')}/index.html\n", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "cms.wsgi", "--config", "gunicorn.conf.py"])


if __name__ == "__main__":
    main()
