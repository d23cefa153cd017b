"""The form for a picture, for those who hear it."""

import pytest

from people.models import RoleName
from tests.browser.axe import Axe
from tests.people.accounts.conftest import PASSWORD
from tests.people.accounts.test_browser import sign_in_with_password
from tests.people.builders import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_the_box_for_tags_has_a_name(open_page):
    person = member(RoleName.DISTRICT)
    person.set_password(PASSWORD)
    person.save()
    page = open_page("/admin/images/add/")
    sign_in_with_password(page, person)
    page.locator(".tagit-new input").wait_for()
    assert [each for each in Axe(page).findings() if each.startswith("label ")] == []
    page.get_by_role("textbox", name="Stichwort", exact=True).press_sequentially("Sommerfest,Turnhalle,")
    assert page.locator("#id_tags").input_value() == "Sommerfest,Turnhalle"
