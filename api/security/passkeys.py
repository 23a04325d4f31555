"""Passkeys (WebAuthn): what the browser is asked, and whether its answer holds.

The challenge is not kept anywhere: it is signed by us, bound to this browser and to what it is for, and counts for five
minutes. The device must have checked its owner (finger, face or PIN), so that a passkey is two factors in one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json_dict, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from api.security import keys
from api.settings import Settings

COUNTS_FOR = timedelta(minutes=5)
NUMBER, TIME, SIGNATURE = 16, 8, 16


class PasskeyError(Exception):
    """The answer of the browser is not one to what we asked, or not of this passkey."""


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """The public half of a passkey, to keep."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Asker:
    """For which browser (`bound`, its session or form cookie) and which act a challenge is."""

    settings: Settings
    bound: str
    act: str
    now: datetime

    @property
    def host(self) -> str:
        return urlsplit(self.settings.public_url).hostname or ""


def offered(settings: Settings) -> bool:
    """Passkeys belong to an address; without one in the settings there are none."""
    return bool(settings.public_url)


def handle(credential_id: bytes) -> str:
    """Name a passkey in a form."""
    return hashlib.sha256(credential_id).hexdigest()[:16]


def ask_to_register(asker: Asker, owner: bytes, login: str, name: str, known: Iterable[bytes]) -> dict[str, Any]:
    """Say what a browser needs to make a passkey for this person, but not on a device that has one already."""
    return options_to_json_dict(
        webauthn.generate_registration_options(
            rp_id=asker.host,
            rp_name="Kindblad",
            user_id=owner,
            user_name=login,
            user_display_name=name,
            challenge=_challenge(asker),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        )
    )


def registered(asker: Asker, answer: dict[str, Any]) -> NewPasskey:
    """Check what the browser made; raises `PasskeyError`."""
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_answered(asker, answer),
            expected_rp_id=asker.host,
            expected_origin=asker.settings.public_url,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyError from error
    return NewPasskey(verified.credential_id, verified.credential_public_key, verified.sign_count)


def ask_to_log_in(asker: Asker) -> dict[str, Any]:
    """Say what a browser needs to use a passkey; which one, the person chooses there."""
    return options_to_json_dict(
        webauthn.generate_authentication_options(
            rp_id=asker.host, challenge=_challenge(asker), user_verification=UserVerificationRequirement.REQUIRED
        )
    )


def credential_of(answer: dict[str, Any]) -> bytes:
    """Read which passkey was used; raises `PasskeyError`."""
    try:
        return base64url_to_bytes(answer["rawId"])
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyError from error


def number_of(answer: dict[str, Any]) -> str:
    """Name the question that was answered, to see whether it was answered before; raises `PasskeyError`."""
    try:
        return hashlib.sha256(base64url_to_bytes(answer["response"]["clientDataJSON"])).hexdigest()[:24]
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyError from error


def used(asker: Asker, answer: dict[str, Any], public_key: bytes, sign_count: int) -> int:
    """Check that this passkey signed our question; returns its new counter. Raises `PasskeyError`."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=_answered(asker, answer),
            expected_rp_id=asker.host,
            expected_origin=asker.settings.public_url,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyError from error
    return verified.new_sign_count


def _challenge(asker: Asker) -> bytes:
    content = secrets.token_bytes(NUMBER) + int(asker.now.timestamp()).to_bytes(TIME)
    return content + _signature(asker, content)


def _answered(asker: Asker, answer: dict[str, Any]) -> bytes:
    """The challenge that the browser signed, when it was ours, for this browser and act, and not long ago."""
    sent = parse_client_data_json(base64url_to_bytes(answer["response"]["clientDataJSON"])).challenge
    content, signature = sent[:-SIGNATURE], sent[-SIGNATURE:]
    if len(content) != NUMBER + TIME or not hmac.compare_digest(signature, _signature(asker, content)):
        raise PasskeyError
    asked_at = datetime.fromtimestamp(int.from_bytes(content[NUMBER:]), UTC)
    if not timedelta() <= asker.now - asked_at + timedelta(seconds=1) <= COUNTS_FOR:
        raise PasskeyError
    return sent


def _signature(asker: Asker, content: bytes) -> bytes:
    message = f"{asker.act}\n{asker.bound}\n".encode() + content
    return keys.mac(asker.settings, "passkey", message)[:SIGNATURE]
