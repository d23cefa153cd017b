"""Demo accounts pass the second step with a code that a command prints; nowhere else."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.models import User
from people.accounts.demo import RECOVERY_CODES, ensure_demo_factor
from tests.people.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    return User.objects.create_superuser("admin@example.org", PASSWORD)


@pytest.mark.parametrize("how", ["app", "recovery code"])
def test_the_printed_code_opens_the_admin(client, demo, capsys, how):
    assert "demo_code admin@example.org" in ensure_demo_factor(demo)
    ensure_demo_factor(demo)
    call_command("demo_code", "admin@example.org")
    code = capsys.readouterr().out.strip() if how == "app" else RECOVERY_CODES[0]
    sign_in(client, demo)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/admin/").status_code == 200


def test_never_on_a_public_site_nor_for_other_accounts(demo, district, settings):
    with pytest.raises(CommandError, match="no demo account"):
        ensure_demo_factor(district)
    ensure_demo_factor(demo)
    settings.WAGTAILADMIN_BASE_URL = "https://familien.example.org"
    with pytest.raises(CommandError, match="open door"):
        ensure_demo_factor(demo)
    with pytest.raises(CommandError, match="open door"):
        call_command("demo_code", demo.email)
