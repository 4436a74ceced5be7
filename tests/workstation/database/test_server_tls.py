"""The office's server over a network: TLS with a certificate that proves its name, and nothing less."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import text

from tests.database_engines import KEY, Cluster, require_server, running_cluster
from workstation.database.postgresql import Server
from workstation.database.store import Store
from workstation.domain.refused import Reason, Refused

NAME = "db.office.la"


def _certificate(
    subject: str, key: ec.EllipticCurvePrivateKey, signer: tuple[str, ec.EllipticCurvePrivateKey], *, ca: bool
) -> bytes:
    now = datetime.now(UTC)

    def name(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(signer[0]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
    return builder.sign(signer[1], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def papers() -> Iterator[Path]:
    """ca.pem, other.pem (of nobody here), server.pem and server.key, where the server's user can read them."""
    folder = Path(tempfile.mkdtemp(prefix="tls-", dir="/tmp"))
    folder.chmod(0o755)
    ours, others, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    (folder / "ca.pem").write_bytes(_certificate("Office CA", ours, ("Office CA", ours), ca=True))
    (folder / "other.pem").write_bytes(_certificate("Other CA", others, ("Other CA", others), ca=True))
    (folder / "server.pem").write_bytes(_certificate(NAME, server, ("Office CA", ours), ca=False))
    (folder / "server.key").write_bytes(
        server.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "server.key").chmod(0o600)
    yield folder
    shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(papers: Path) -> Iterator[Cluster]:
    require_server()
    if os.geteuid() == 0:
        shutil.chown(papers / "server.key", "nobody")
    settings = (
        "listen_addresses=127.0.0.1",
        "ssl=on",
        f"ssl_cert_file={papers / 'server.pem'}",
        f"ssl_key_file={papers / 'server.key'}",
    )
    with running_cluster(settings=settings, port=_free_port()) as running:
        yield running


def _address(cluster: Cluster, papers: Path, name: str, root: str) -> str:
    database = cluster.migrated().partition("@/")[2].partition("?")[0]
    # The name is proven against the certificate; the address behind it is this computer's, as a resolver would say.
    where = f"hostaddr=127.0.0.1&port={cluster.port}&sslrootcert={papers / root}"
    return f"postgresql://office@{name}/{database}?{where}"


def test_a_server_that_proves_its_name_is_spoken_to_by_tls(cluster: Cluster, papers: Path) -> None:
    store = Store(Server(_address(cluster, papers, NAME, "ca.pem"), "s1"), KEY)
    asked = text("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    try:
        reading = store.read(lambda connection: connection.execute(asked).one())
        writing = store.write(lambda tx: tx.execute(asked).one())
    finally:
        store.close()
    assert (reading.ssl, writing.ssl) == (True, True)
    assert {reading.version, writing.version} <= {"TLSv1.2", "TLSv1.3"}


@pytest.mark.parametrize(
    ("name", "root"), [("other.office.la", "ca.pem"), (NAME, "other.pem"), (NAME, "none.pem")]
)
def test_one_that_does_not_is_refused_by_name(cluster: Cluster, papers: Path, name: str, root: str) -> None:
    with pytest.raises(Refused) as refused:
        Store(Server(_address(cluster, papers, name, root), "s1"), KEY)
    assert refused.value.reason is Reason.SERVER_UNPROVEN
