"""A passkey device in software: it answers as a telephone would, and lies where a test wants it to."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Device:
    """One device with one passkey; `verifies` is whether it looked at finger, face or PIN."""

    origin: str
    host: str
    verifies: bool = True
    counts: bool = True
    owner: str = ""
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, question: dict[str, Any]) -> dict[str, Any]:
        """Make a passkey as the question asks."""
        self.owner = question["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        made = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + encode_cbor(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + made}
        return self._answer(self._client("webauthn.create", question), attestationObject=text(encode_cbor(attestation)))

    def use(self, question: dict[str, Any]) -> dict[str, Any]:
        """Sign the question with the passkey."""
        self.count += self.counts
        data, client = self._data(), self._client("webauthn.get", question)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(client, authenticatorData=text(data), signature=text(signature), userHandle=self.owner)

    def _data(self, more: int = 0) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, act: str, question: dict[str, Any]) -> bytes:
        return json.dumps({"type": act, "challenge": question["challenge"], "origin": self.origin}).encode()

    def _answer(self, client: bytes, **response: str) -> dict[str, Any]:
        name = text(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {"clientDataJSON": text(client), **response},
        }
