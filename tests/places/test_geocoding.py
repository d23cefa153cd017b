"""A geocoder is asked only where one is set, by the server, for editors."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from cms.models import User
from places.geocoding import geocode


class Geocoder(BaseHTTPRequestHandler):
    """Knows one street and notes what it was asked."""

    asked = None

    def do_GET(self):
        type(self).asked = parse_qs(urlsplit(self.path).query)
        known = "Amselweg" in self.asked["q"][0]
        broken = "kaputt" in self.asked["q"][0]
        rows = [{"lat": "50.31812", "lon": "7.79905", "display_name": "Amselweg 14, Nassau"}] if known else []
        self.send_response(500 if broken else 200)
        self.end_headers()
        self.wfile.write(b"<html>" if broken else json.dumps(rows).encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def geocoder(settings):
    server = HTTPServer(("127.0.0.1", 0), Geocoder)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/search"
    yield Geocoder
    server.shutdown()
    server.server_close()


def test_an_address_becomes_a_point(geocoder):
    found = geocode("Amselweg 14, 56377 Nassau")
    assert (found.latitude, found.longitude) == (50.31812, 7.79905)
    assert geocoder.asked == {"q": ["Amselweg 14, 56377 Nassau"], "format": ["jsonv2"], "limit": ["1"]}


@pytest.mark.parametrize("address", ["Unbekannte Gasse 1", "kaputt", "", "   "])
def test_what_the_geocoder_does_not_answer_is_no_point(geocoder, address):
    assert geocode(address) is None


def test_a_geocoder_that_is_down_is_no_point(settings):
    settings.GEOCODER_URL = "http://127.0.0.1:9/search"
    assert geocode("Amselweg 14") is None


@pytest.mark.django_db
def test_only_editors_may_ask_it(geocoder, client):
    assert client.get("/admin/karte/adresse", {"address": "Amselweg 14"}).status_code == 302
    client.force_login(User.objects.create_superuser("amt@example.org", "sehr-geheim-2026"))
    answer = client.get("/admin/karte/adresse", {"address": "Amselweg 14, Nassau", "q": "Nassau"}).json()
    assert answer == {"found": True, "exact": True, "label": "Amselweg 14, Nassau", "lat": 50.31812, "lon": 7.79905}


@pytest.mark.django_db
def test_an_unknown_address_falls_back_to_its_town(geocoder, client):
    client.force_login(User.objects.create_superuser("amt@example.org", "sehr-geheim-2026"))
    assert client.get("/admin/karte/adresse", {"address": "Nirgendwo 1", "q": "Atlantis"}).json() == {"found": False}
