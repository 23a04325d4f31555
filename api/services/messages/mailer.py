"""One conversation with the school's mail server: a letter is taken, refused for now or for good, or nobody knows.

No address, name or answer of the server leaves this file: what a server says often repeats the address.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from enum import Enum

from api.problem import ForPeopleError
from api.settings import Settings

PATIENCE = 20
"""Seconds that a server may stay silent."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OK, TEMPORARY, PERMANENT = 2, 4, 5
"""The first digit of what a server answers (RFC 5321)."""


class Answer(Enum):
    """What became of a letter; `UNKNOWN` when the connection broke after it was handed over."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


class NoServerError(ForPeopleError):
    """There is no mail server set, or it does not let us in; nothing was sent."""


@dataclass
class Mailer:
    """An open conversation; after a letter that went wrong the next one begins anew."""

    settings: Settings
    _smtp: smtplib.SMTP | None = None

    def send(self, letter: EmailMessage) -> Answer:
        """Hand over one letter to its one recipient."""
        handed_over = False
        try:
            smtp = self._smtp or self.connect()
            answers = (smtp.mail(self.settings.smtp_from), smtp.rcpt(letter["To"].addresses[0].addr_spec))
            refused = next((code for code, _ in answers if code // 100 != OK), 0)
            if refused:
                smtp.rset()
                return _refusal(refused)
            handed_over = True
            code, _ = smtp.data(letter.as_bytes(policy=SMTP))
            return Answer.TAKEN if code // 100 == OK else _refusal(code)
        except smtplib.SMTPDataError as refusal:  # refused before a byte of the letter went over
            return _refusal(refusal.smtp_code)
        except (smtplib.SMTPException, OSError, NoServerError):
            self._smtp = None
            return Answer.UNKNOWN if handed_over else Answer.LATER

    def connect(self) -> smtplib.SMTP:
        """Open the conversation; raises `NoServerError`."""
        here = self.settings
        try:
            smtp = _open(here)
            if here.smtp_user:
                smtp.login(here.smtp_user, here.smtp_password)
        except smtplib.SMTPAuthenticationError:
            raise NoServerError(
                "De mailserver laat Kindblad niet binnen. Kijk KINDBLAD_SMTP_USER en KINDBLAD_SMTP_PASSWORD na."
            ) from None
        except (smtplib.SMTPException, OSError):
            raise NoServerError(
                f"De mailserver {here.smtp_host}:{here.smtp_port} is niet te bereiken zoals ingesteld; er is niets "
                "verstuurd. Kijk KINDBLAD_SMTP_HOST, KINDBLAD_SMTP_PORT en KINDBLAD_SMTP_SECURITY na."
            ) from None
        self._smtp = smtp
        return smtp

    def close(self) -> None:
        """End the conversation politely, when there is one."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None


@contextmanager
def mailer(settings: Settings) -> Iterator[Mailer]:
    """Give an open conversation; raises `NoServerError` when sending is off or the server cannot be reached."""
    if not settings.smtp_host:
        raise NoServerError(
            "Versturen staat uit. Zet KINDBLAD_SMTP_HOST en KINDBLAD_SMTP_FROM om berichten te mailen; zie "
            "docs/settings.md."
        )
    if "@" not in settings.smtp_from:
        raise NoServerError("KINDBLAD_SMTP_FROM moet het adres zijn waarvan school mailt, zoals groep@school.nl.")
    if settings.smtp_security == "none" and settings.smtp_host not in LOOPBACK:
        raise NoServerError("Zonder versleuteling mailt Kindblad alleen naar een server op dezelfde machine.")
    conversation = Mailer(settings)
    conversation.connect()
    try:
        yield conversation
    finally:
        conversation.close()


def letter(
    settings: Settings, *, name: str, to: str, subject: str, body: str, number: str, at: datetime
) -> EmailMessage:
    """Make a letter for one recipient; raises `ValueError` for an address or subject that no header can hold."""
    made = EmailMessage()
    made["From"] = formataddr((name, settings.smtp_from))
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{number}@{settings.smtp_from.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(body, cte="quoted-printable")
    if len(made["To"].addresses) != 1 or not made["To"].addresses[0].domain or not to.isascii():
        raise ValueError("dit is geen adres van een ouder")
    return made


def _open(settings: Settings) -> smtplib.SMTP:
    where, context = (settings.smtp_host, settings.smtp_port), ssl.create_default_context()
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=context, local_hostname=_own_name())
    smtp = smtplib.SMTP(*where, timeout=PATIENCE, local_hostname=_own_name())
    if settings.smtp_security == "starttls":
        smtp.starttls(context=context)
    smtp.ehlo_or_helo_if_needed()
    return smtp


def _own_name() -> str:
    """Name this machine to the server without asking a name server, which may take seconds."""
    return socket.gethostname() or "localhost"


def _refusal(code: int) -> Answer:
    return Answer.NEVER if code // 100 == PERMANENT else Answer.LATER
