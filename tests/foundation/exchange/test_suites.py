"""Known answers of every cipher the exchange relies on (stack.md: national crypto)."""

import hashlib
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.base import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM

from luoshi.foundation.exchange.envelopes.encrypting import decrypt, encrypt, unwrap, wrap
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.suites import (
    ED25519,
    SM2,
    SUITES,
    UnknownSuite,
    key_id,
    suite,
)

SM2_PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SM2_PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
SM2_SIGNATURE = bytes.fromhex(
    "3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)


def test_sm2_verifies_the_example_of_the_standard() -> None:
    """GM/T 0003.5-2012, appendix A.2: signature of "message digest" on the recommended curve."""
    assert SM2.verify(SM2_PUBLIC, b"message digest", SM2_SIGNATURE)
    assert not SM2.verify(SM2_PUBLIC, b"message digess", SM2_SIGNATURE)
    assert not SM2.verify(SM2_PUBLIC, b"message digest", SM2_SIGNATURE[:-1] + b"\xab")
    own = SM2.sign(SM2_PRIVATE, SM2_PUBLIC, b"message digest")
    assert SM2.verify(SM2_PUBLIC, b"message digest", own)


def test_ed25519_signs_the_example_of_the_rfc() -> None:
    """RFC 8032, 7.1, test 3."""
    private = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
    public = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
    expected = (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    made = ED25519.sign(private, public, b"\xaf\x82")
    assert made.hex() == expected
    assert ED25519.verify(public, b"\xaf\x82", made)
    assert not ED25519.verify(public, b"\xaf\x83", made)


def test_sm3_and_sm4_gcm_answer_as_their_standards_say() -> None:
    """GB/T 32905 appendix A.1 ("abc"); RFC 8998 A.1 (SM4-GCM)."""
    assert hashlib.new("sm3", b"abc").hexdigest() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    lock = Cipher(SM4(key), GCM(bytes.fromhex("00001234567800000000ABCD"))).encryptor()
    lock.authenticate_additional_data(bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
    body = lock.update(plain) + lock.finalize()
    assert body.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    )
    assert lock.tag.hex().upper() == "83DE3541E4C2B58177E065A9BF7B62EC"


@pytest.mark.parametrize("name", SUITES)
def test_a_fresh_pair_signs_and_nothing_else_verifies(name: str) -> None:
    """Both suites from the first day."""
    one = suite(name)
    private, public = one.generate()
    signature = one.sign(private, public, b"text")
    assert one.verify(public, b"text", signature)
    assert not one.verify(public, b"texu", signature)
    assert not one.verify(one.generate()[1], b"text", signature)
    for broken in (b"", b"\0" * len(signature), signature[:-1], signature + b"\0"):
        assert not one.verify(public, b"text", broken)
    for key in (b"", b"\xff" * len(public), public[:-1]):
        assert not one.verify(key, b"text", signature)
    assert key_id(name, public) != key_id("other", public)


def test_an_unknown_suite_is_said_so() -> None:
    """The registry knows what it knows."""
    with pytest.raises(UnknownSuite):
        suite("RSA")


def test_files_are_sealed_for_their_readers_only() -> None:
    """SM4-GCM with the key wrapped by SM2; bound to their place; altered bytes show."""
    private, public = SM2.generate()
    other, _public = SM2.generate()
    key = bytes(range(16))
    wrapped = wrap(key, {"reader": public})
    assert unwrap(wrapped, "reader", private) == key
    for name, secret in (("reader", other), ("somebody", private)):
        with pytest.raises(Unacceptable) as refused:
            unwrap(wrapped, name, secret)
        assert refused.value.reason == Reason.NOT_OPENED
    for size in (0, 1, 15, 16, 17, 300_000):
        plain = bytes(index % 251 for index in range(size))
        locked, back = BytesIO(), BytesIO()
        nonce, longer = encrypt([plain], locked, key=key, aad=b"id:1")
        raw = locked.getvalue()
        assert len(raw) == longer == size + 16
        decrypt([raw[:7], raw[7:]], back, key=key, nonce=nonce, aad=b"id:1")
        assert back.getvalue() == plain
        flipped = bytes([raw[0] ^ 1]) + raw[1:]
        for altered, aad in ((raw, b"id:2"), (flipped, b"id:1"), (raw[:-1], b"id:1")):
            with pytest.raises(Unacceptable):
                decrypt([altered], BytesIO(), key=key, nonce=nonce, aad=aad)
