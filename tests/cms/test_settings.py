"""Production refuses to start without what it needs, names it, and is strict once it has it. Each start is a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
WHOLE = {
    "SECRET_KEY": "a-key-for-one-test-of-sufficient-length-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "familien.example.org",
    "BASE_URL": "https://familien.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}
SHOW = """
import json
from django.conf import settings
names = json.loads({names!r})
print(json.dumps({{name: getattr(settings, name, None) for name in names}}, default=str))
"""
ANSWER = """
import json
import django
django.setup()
from django.test import Client
plain = Client().get("/healthz", HTTP_HOST="familien.example.org")
page = Client().get("/robots.txt", HTTP_HOST="familien.example.org")
secure = Client().get("/robots.txt", HTTP_HOST="familien.example.org", HTTP_X_FORWARDED_PROTO="https")
print(json.dumps({"healthz": plain.status_code, "http": [page.status_code, page.get("Location")],
                  "https": [secure.status_code, dict(secure.headers)]}))
"""


def start(code, tmp_path, **environment):
    """Run code with the production settings and nothing else in the environment."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    known |= {"DJANGO_SETTINGS_MODULE": "cms.settings.production", "STATE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=known | environment, capture_output=True, text=True, timeout=300, check=False
    )


def settings_of(tmp_path, *names, **environment):
    process = start(SHOW.format(names=json.dumps(names)), tmp_path, **environment)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


LOAD = "from django.conf import settings; settings.DEBUG"


@pytest.mark.parametrize("environment", [{}, dict.fromkeys(WHOLE, "  ")], ids=["absent", "blank"])
def test_it_names_everything_that_is_missing_at_once(tmp_path, environment):
    process = start(LOAD, tmp_path, **environment)
    assert process.returncode == 1
    assert "ImproperlyConfigured" in process.stderr
    assert [name for name in WHOLE if f"{name} (" in process.stderr.splitlines()[-1]] == list(WHOLE)


@pytest.mark.parametrize("name", WHOLE)
def test_it_refuses_to_start_without(tmp_path, name):
    process = start(LOAD, tmp_path, **{key: value for key, value in WHOLE.items() if key != name})
    assert process.returncode == 1
    assert [each for each in WHOLE if f"{each} (" in process.stderr.splitlines()[-1]] == [name]


@pytest.mark.parametrize(
    "address", ["http://familien.example.org", "http://192.0.2.7:8000", "http://localhost.example.org", "familien.example.org"]
)
def test_it_serves_plain_http_on_this_machine_alone(tmp_path, address):
    process = start(LOAD, tmp_path, **WHOLE | {"BASE_URL": address})
    assert process.returncode == 1
    assert f"BASE_URL is {address}" in process.stderr


def test_with_https_it_is_strict(tmp_path):
    found = settings_of(
        tmp_path, "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS", "WAGTAILADMIN_BASE_URL", "SEARCH_WORKER", **WHOLE,
    )  # fmt: skip
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["familien.example.org"],
        "CSRF_TRUSTED_ORIGINS": ["https://familien.example.org"],
        "WAGTAILADMIN_BASE_URL": "https://familien.example.org",
        "SEARCH_WORKER": True,
    }


def test_on_this_machine_it_needs_no_https(tmp_path):
    found = settings_of(
        tmp_path,
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        **WHOLE | {"BASE_URL": "http://127.0.0.1:8000"},
    )
    assert found == {"DEBUG": False, "SECURE_SSL_REDIRECT": False, "SECURE_HSTS_SECONDS": 0, "SESSION_COOKIE_SECURE": False}


def test_visitors_are_sent_to_https_and_kept_there_and_watchmen_are_not(tmp_path):
    process = start(ANSWER, tmp_path, **WHOLE)
    assert process.returncode == 0, process.stderr
    found = json.loads(process.stdout)
    assert found["healthz"] == 200
    assert found["http"] == [301, "https://familien.example.org/robots.txt"]
    status, headers = found["https"]
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]


def test_a_map_server_of_others_is_allowed_for_pictures_alone(tmp_path):
    found = settings_of(tmp_path, "CONTENT_SECURITY_POLICY", **WHOLE | {"MAP_TILES_URL": "https://{s}.tiles.example.org/{z}/{x}/{y}.png"})
    directives = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert [name for name, sources in directives.items() if "https://*.tiles.example.org" in sources] == ["img-src"]


def test_djangos_own_checks_for_production_leave_two_choices_to_the_operator(tmp_path):
    checks = "from django.core.checks import run_checks; print([each.id for each in run_checks(include_deployment_checks=True)])"
    process = start(f"import django; django.setup(); {checks}", tmp_path, **WHOLE)
    assert process.returncode == 0, process.stderr
    # HSTS for all subdomains, and the browsers' preload list: whoever owns the domain decides.
    assert process.stdout.strip() == "['security.W005', 'security.W021']"
