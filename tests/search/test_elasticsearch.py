"""What only the engine on a server has: its address, its connection, its aliases."""

import base64
import datetime
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from urllib.request import Request, urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.checks import run_checks

from search.contract import IndexUnavailable
from search.engines import engine_at
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.address import Address, BadAddress
from tests.search.builders import ask, make_document
from tests.search.conftest import elasticsearch_engine, elasticsearch_url


def titles(engine):
    return sorted(hit.card.title for hit in engine.search(ask(page_size=100)).hits)


class TestAddress:
    def test_user_and_password_may_have_any_characters(self):
        found = Address.parse("https://us%40er:p%2Fa%3As%25s@search.example.org/proxy/families?ca=/etc/our%20ca.pem&shards=3&replicas=1")
        assert (found.host, found.prefix) == ("https://search.example.org:443/proxy", "families")
        assert (found.user, found.password, found.ca) == ("us@er", "p/a:s%s", "/etc/our ca.pem")
        assert (found.shards, found.replicas) == (3, "1")
        assert "p/a" not in repr(found)

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("https://user:geheim@host:9200/", "name of an index"),
            ("https://user:geheim@host:9200/Families", "name of an index"),
            ("https://user:geheim@host:port/families", "port"),
            ("https://user:geheim@/families", "names no server"),
            ("https://user:geheim@host/families?verify=no", "verify"),
            ("https://user:geheim@host/families?shards=0", "shards"),
            ("https://user:geheim@host/families?replicas=viele", "replicas"),
            ("https://user:geheim@host/families?ca=/nowhere/ca.pem", "no such file"),
        ],
    )
    def test_a_wrong_address_says_what_is_wrong_and_never_the_password(self, settings, url, said):
        with pytest.raises(BadAddress, match=said) as error:
            ElasticsearchEngine(url)
        assert "geheim" not in str(error.value)
        settings.SEARCH_URL = url
        (fault,) = (fault for fault in run_checks() if fault.id == "search.E001")
        assert said in fault.msg
        assert "geheim" not in fault.msg


class TestConnection:
    def test_a_server_that_is_not_there_is_asked_once_and_then_left_alone_for_a_moment(self, caplog):
        engine = engine_at("http://user:geheim@127.0.0.1:9/families")
        with pytest.raises(IndexUnavailable, match=r"127\.0\.0\.1:9 cannot be reached") as error:
            engine.search(ask())
        with pytest.raises(IndexUnavailable, match="a moment ago"):
            engine.count(ask())
        with pytest.raises(IndexUnavailable, match="cannot be reached"):
            engine.write([make_document()])
        assert "geheim" not in f"{error.value} {error.value.__cause__} {caplog.text}"

    @pytest.mark.elasticsearch
    def test_certificates_are_checked_and_an_own_authority_can_be_named(self, tmp_path):
        with secure_proxy(tmp_path, user="familien", password="p/w:%") as port:
            url = f"https://familien:p%2Fw%3A%25@127.0.0.1:{port}/test-tls"
            with pytest.raises(IndexUnavailable, match="certificate"):
                engine_at(url).needs_rebuild()
            assert engine_at(f"{url}?ca={tmp_path}/ca.pem").needs_rebuild()
            with pytest.raises(IndexUnavailable, match="user or password in SEARCH_URL is wrong") as error:
                engine_at(f"https://familien:falsch@127.0.0.1:{port}/test-tls?ca={tmp_path}/ca.pem").needs_rebuild()
            assert "falsch" not in str(error.value)


class secure_proxy:  # noqa: N801 - read as a word in `with`
    """TLS with a certificate of our own and a password before the server for tests."""

    def __init__(self, folder, user, password):
        wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        upstream = elasticsearch_url()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.headers["Authorization"] != wanted:
                    return self.reply(401, b'{"error":"unauthorized"}')
                with urlopen(Request(upstream + self.path)) as answer:
                    return self.reply(answer.status, answer.read())

            def reply(self, status, body):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        certify(folder)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)

    def __enter__(self):
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server.server_port

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()


def certify(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "families-test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))


@pytest.mark.elasticsearch
class TestAliases:
    @pytest.fixture
    def engine(self):
        with elasticsearch_engine() as made:
            yield made

    def indices(self, engine):
        return list(engine.server.client().indices.get(index=f"{engine.storage.prefix}*", features=["aliases"]).body)

    def test_what_others_write_during_a_rebuild_is_kept(self, engine):
        engine.rebuild([make_document(f"Alt {number}", page_id=number) for number in range(1, 5)])
        other = type(engine)(f"{elasticsearch_url()}/{engine.storage.prefix}?replicas=0")

        def documents():
            other.write([make_document("Neu 1", page_id=1), make_document("Neu 7", page_id=7)], deleted=[2])
            assert titles(other) == ["Alt 3", "Alt 4", "Neu 1", "Neu 7"]
            yield from (make_document(f"Alt {number}", page_id=number) for number in range(1, 5))
            other.write([make_document("Neu 4", page_id=4)], deleted=[3])

        engine.rebuild(documents())
        assert titles(engine) == titles(other) == ["Neu 1", "Neu 4", "Neu 7"]
        assert sorted(page_id for page_id, _digest in engine.digests()) == [1, 4, 7]
        assert len(self.indices(engine)) == 1

    def test_what_a_killed_rebuild_leaves_behind_hinders_nobody_and_goes_with_the_next(self, engine):
        engine.rebuild([make_document("Alt", page_id=1)])
        engine.storage._create(engine.storage.building)
        engine.write([make_document("Neu", page_id=2)], deleted=[1])
        assert titles(engine) == ["Neu"]
        engine.rebuild([make_document("Ganz neu", page_id=3)])
        assert titles(engine) == ["Ganz neu"]
        assert len(self.indices(engine)) == 1

    def test_an_index_of_other_code_asks_to_be_made_anew_and_takes_no_documents(self, engine, monkeypatch):
        engine.write([make_document("Alt")])
        monkeypatch.setattr("search.engines.elasticsearch.storage.version", lambda: "other")
        assert engine.needs_rebuild()
        with pytest.raises(IndexUnavailable, match="rebuild_index"):
            engine.write([make_document("Neu")])
        assert titles(engine) == ["Alt"]

    def test_searches_during_a_swap_find_the_old_index_or_the_new(self, engine):
        documents = [make_document(page_id=number) for number in range(1, 31)]
        engine.rebuild(documents)
        found, ended = set(), []

        def search():
            while not ended:
                found.add(engine.search(ask("Krabbelgruppe")).total)

        threads = [Thread(target=search) for _each in range(2)]
        for thread in threads:
            thread.start()
        for _each in range(4):
            engine.rebuild(documents)
        ended.append(True)
        for thread in threads:
            thread.join()
        assert found == {30}

    def test_more_documents_than_one_request_holds_are_all_read(self, engine, monkeypatch):
        monkeypatch.setattr("search.engines.elasticsearch.storage.SCANNED", 7)
        engine.rebuild([make_document(page_id=number) for number in range(1, 31)])
        assert sorted(engine.digests()) == [(number, f"digest-{number}") for number in range(1, 31)]
