"""A throwaway RabbitMQ: one node for the whole run, one fresh virtual host for each test that asks."""

import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from string import Template

import amqp
import pytest

from tests.servers.process import ServerProcess, free_port, private_folder, program

SCRIPTS = Path("/usr/lib/rabbitmq/bin")  # Debian's own wrappers insist on the system's node and its user
USER = "sohoa"

VIRTUAL_HOST = Template("""
    rabbit_vhost:add(<<"$name">>, <<"tests">>),
    All = <<".*">>,
    rabbit_auth_backend_internal:set_permissions(<<"$user">>, <<"$name">>, All, All, All, <<"tests">>).
""")


class RabbitServer:
    """A node on the loopback with a name, a cookie and an epmd (Erlang's name server) of its own."""

    def __init__(self) -> None:
        self._server = program(SCRIPTS / "rabbitmq-server", package="rabbitmq-server")
        self._epmd = program("epmd", package="erlang-base")
        self._folder = private_folder("rabbitmq")
        self._password = secrets.token_urlsafe(16)
        self.port = free_port()
        self._environment = self._settings()
        self._write_configuration()
        self.start()

    def url(self, virtual_host: str) -> str:
        """The broker URL of one of its virtual hosts."""
        return f"amqp://{USER}:{self._password}@127.0.0.1:{self.port}/{virtual_host}"

    def create_virtual_host(self) -> str:
        """Make a virtual host with a name of its own, where the user may do all; returns the name."""
        name = f"test-{secrets.token_hex(6)}"
        self._control("eval", VIRTUAL_HOST.substitute(name=name, user=USER))
        return name

    def start(self) -> None:
        """Start it on its port, after `stop` or `kill` too, and wait until it answers."""
        log = self._folder / "log"
        self._names = ServerProcess([self._epmd], log, environment=self._environment)
        self._process = ServerProcess([self._server], log, environment=self._environment)
        self._process.wait_until(self._connect, (OSError, amqp.AMQPError))

    def stop(self) -> None:
        """End it in good order; durable queues stay, so it can be started again."""
        self._process.stop()
        self._names.stop()

    def settle(self) -> None:
        """Write down which quorum queues there are, as it does by itself only every three minutes.

        RabbitMQ 3.10, that of Debian 12, forgets a quorum queue younger than that when it crashes, and the queue
        stays without a leader for good.
        """
        self._control("eval", "dets:sync(ra_directory_reverse).")

    def kill(self) -> None:
        """Crash it; confirmed messages in settled quorum queues are there after `start`."""
        self._process.kill()
        self._names.kill()

    def discard(self) -> None:
        """End it and delete its data."""
        self.kill()
        shutil.rmtree(self._folder)

    def _connect(self) -> None:
        address = f"127.0.0.1:{self.port}"
        with amqp.Connection(address, userid=USER, password=self._password, connect_timeout=10):
            pass

    def _control(self, *arguments: str) -> None:
        control = self._server.with_name("rabbitmqctl")
        subprocess.run(
            [control, "--quiet", *arguments], env=self._environment, check=True, capture_output=True
        )

    def _settings(self) -> dict[str, str]:
        folder = str(self._folder)
        return {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": folder,  # where Erlang keeps its cookie
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(free_port()),
            "RABBITMQ_NODENAME": f"sohoa-{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": f"{folder}/data",
            "RABBITMQ_LOG_BASE": f"{folder}/logs",
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/rabbitmq-env.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}",
        }

    def _write_configuration(self) -> None:
        (self._folder / "rabbitmq-env.conf").touch()
        (self._folder / "enabled_plugins").write_text("[].\n")
        lines = (
            f"listeners.tcp.1 = 127.0.0.1:{self.port}",
            f"default_user = {USER}",
            f"default_pass = {self._password}",
            "disk_free_limit.absolute = 50MB",
        )
        (self._folder / "rabbitmq.conf").write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="session")
def rabbitmq_server() -> Iterator[RabbitServer]:
    """One RabbitMQ node for all tests of this process."""
    server = RabbitServer()
    yield server
    server.discard()


@pytest.fixture
def rabbitmq_url(rabbitmq_server: RabbitServer) -> str:
    """The broker URL of a fresh virtual host: `amqp://USER:PASSWORD@127.0.0.1:PORT/VHOST`."""
    return rabbitmq_server.url(rabbitmq_server.create_virtual_host())
