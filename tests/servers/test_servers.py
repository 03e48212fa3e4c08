"""The servers that other tests lean on do what a server does."""

import io
from urllib.parse import urlsplit

import amqp
import psycopg
import pytest
from minio.error import MinioException
from playwright.sync_api import Browser

from tests.servers.postgres import PostgresServer
from tests.servers.rabbitmq import RabbitServer
from tests.servers.seaweedfs import S3Server


def plain(url: str) -> str:
    return url.replace("+psycopg", "")


def connected(url: str) -> amqp.Connection:
    parts = urlsplit(url)
    return amqp.Connection(
        f"{parts.hostname}:{parts.port}",
        userid=parts.username,
        password=parts.password,
        virtual_host=parts.path[1:],
        confirm_publish=True,
    )


def publish(connection: amqp.Connection, body: str) -> None:
    """Returns once the broker has confirmed that it is in the queue, for good."""
    channel = connection.channel()
    channel.queue_declare("pages", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
    channel.basic_publish(amqp.Message(body, delivery_mode=2), routing_key="pages")


def take(connection: amqp.Connection) -> str | None:
    message = connection.channel().basic_get("pages", no_ack=True)
    return message and str(message.body)


@pytest.mark.servers
def test_a_fresh_database_answers_and_is_empty(postgres_database: str) -> None:
    with psycopg.connect(plain(postgres_database)) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


@pytest.mark.servers
def test_a_database_refuses_a_wrong_password(postgres_server: PostgresServer) -> None:
    address = f"postgresql://sohoa:wrong@127.0.0.1:{postgres_server.port}/postgres"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


@pytest.mark.servers
def test_a_durable_cluster_keeps_what_it_acknowledged_before_a_crash() -> None:
    server = PostgresServer(durable=True)
    try:
        url = plain(server.url("postgres"))
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        server.kill()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)
        server.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    finally:
        server.discard()


@pytest.mark.servers
def test_a_fresh_bucket_gives_back_what_was_put(s3_server: S3Server, s3_url: str) -> None:
    bucket = urlsplit(s3_url).path.strip("/")
    client = s3_server.client()
    assert list(client.list_objects(bucket)) == []
    client.put_object(bucket, "a/b", io.BytesIO(b"paper"), 5)
    with client.get_object(bucket, "a/b") as answer:
        assert answer.read() == b"paper"


@pytest.mark.servers
def test_a_bucket_is_closed_to_who_has_no_key(s3_server: S3Server, s3_url: str) -> None:
    client = s3_server.client("wrong")
    with pytest.raises(MinioException, match="SignatureDoesNotMatch"):
        list(client.list_objects(urlsplit(s3_url).path.strip("/")))


@pytest.mark.servers
def test_a_quorum_queue_hands_over_what_was_published(rabbitmq_url: str) -> None:
    with connected(rabbitmq_url) as connection:
        publish(connection, "page 7")
        assert take(connection) == "page 7"
        assert take(connection) is None


@pytest.mark.slow
@pytest.mark.servers
def test_a_quorum_queue_survives_a_crash_of_the_node() -> None:
    server = RabbitServer()
    try:
        url = server.url(server.create_virtual_host())
        with connected(url) as connection:
            publish(connection, "page 7")
        server.settle()
        server.kill()
        with pytest.raises(OSError):
            connected(url).connect()
        server.start()
        with connected(url) as connection:
            assert take(connection) == "page 7"
    finally:
        server.discard()


@pytest.mark.browser
def test_the_browser_renders_vietnamese(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("data:text/html;charset=utf-8,<h1>Thành phần hồ sơ</h1>")
    assert page.get_by_role("heading").inner_text() == "Thành phần hồ sơ"
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().width > 100")
    page.close()
