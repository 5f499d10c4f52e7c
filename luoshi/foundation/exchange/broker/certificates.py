"""Certificates of a node's server: an authority of its own, which the neighbours pin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

GOOD_FOR = timedelta(days=3650)
EARLIER = timedelta(days=1)  # clocks of two machines differ
USES = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)


@dataclass(frozen=True)
class Pair:
    """A certificate and its private key, both PEM."""

    certificate: bytes
    private: bytes

    def __repr__(self) -> str:
        return "Pair(…)"


def named(common: str) -> x509.Name:
    """A subject."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def alternative(host: str) -> x509.GeneralName:
    """A host name or an address a certificate is good for."""
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def begun(common: str, public: ec.EllipticCurvePublicKey, at: datetime) -> x509.CertificateBuilder:
    """What every certificate says."""
    return (
        x509.CertificateBuilder()
        .subject_name(named(common))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - EARLIER)
        .not_valid_after(at + GOOD_FOR)
    )


def pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A private key as the server reads it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def authority(common: str, at: datetime) -> Pair:
    """A self-signed authority for ten years."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        begun(common, key.public_key(), at)
        .issuer_name(named(common))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return Pair(made.public_bytes(Encoding.PEM), pem(key))


def certificate(by: Pair, common: str, hosts: list[str], at: datetime) -> Pair:
    """A certificate for a server or a client, signed by the authority."""
    issuer = x509.load_pem_x509_certificate(by.certificate)
    signer = load_pem_private_key(by.private, password=None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError("not an EC key")
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        begun(common, key.public_key(), at)
        .issuer_name(issuer.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage(USES), critical=False)
    )
    if hosts:
        names = [alternative(host) for host in hosts]
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Pair(made.sign(signer, SHA256()).public_bytes(Encoding.PEM), pem(key))


def readable(text: str) -> bool:
    """Whether a text is one certificate of an authority."""
    try:
        found = x509.load_pem_x509_certificates(text.encode())
        return (
            len(found) == 1
            and found[0].extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        )
    except (ValueError, x509.ExtensionNotFound):
        return False
