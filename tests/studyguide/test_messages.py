"""The weekly message: what stands in it and for whom, and sending it to a real mail server, at most once."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from api.db import reading
from api.services.messages import sending
from api.services.messages.mailer import Answer, Mailer, NoServerError
from api.settings import Settings
from models.custody import CustodyRecord
from models.message import Message, MessageCopy
from models.person import Guardian
from models.vocabulary import Custody, CustodyEvidence
from tests.conftest import Database
from tests.site import Site
from tests.studyguide.school import LINE, WEEK, api, share, with_address
from tests.world import NOW


class Post:
    """A mail server that keeps what it took; `says` is what it answers to a recipient, `after` to a letter."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.says = self.after = "250 OK"
        self.asked = self.port = 0

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:  # noqa: N802
        self.asked += 1
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.after.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return self.after


@pytest.fixture
def post() -> Iterator[Post]:
    kept = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        kept.port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop()


def settings(post: Post) -> Settings:
    return Settings(
        smtp_host="127.0.0.1", smtp_port=post.port, smtp_security="none", smtp_from="groepen@devliet.example"
    )


def copies(site: Site) -> list[Any]:
    with reading(site.engine) as connection:
        columns = (Guardian.given_name, MessageCopy.tries, MessageCopy.sent_at, MessageCopy.failed_at)
        chosen = sa.select(*columns, MessageCopy.next_try_at).join(Guardian, Guardian.id == MessageCopy.guardian_id)
        return list(connection.execute(chosen.order_by(Guardian.given_name)))


def text(site: Site) -> str:
    with reading(site.engine) as connection:
        return "\n".join(connection.execute(sa.select(Message.subject, Message.body)).one())


def test_a_shared_week_has_a_message_for_each_parent_with_custody_and_an_address(site: Site) -> None:
    site.change(with_address("vader"))
    site.change(with_address("zonder", custody=Custody.NO))
    site.change(with_address("van-daan", child="daan"))

    assert share(site, publish=False).json()["messages"] == 0
    assert share(site, LINE, intro="Dag ouders van Noor", names_are_fine=True).json()["messages"] == 1
    assert [row.given_name for row in copies(site)] == ["vader"]
    assert "Breuken vergelijken" in text(site)
    assert "groep 6B" in text(site)


def test_the_text_names_no_child_and_holds_no_greeting(site: Site) -> None:
    site.change(with_address("vader"))
    named = LINE | {"goal": "Noor houdt een spreekbeurt"}
    share(site, LINE, named, intro="Dag ouders van Zoë", names_are_fine=True)

    assert not re.search("noor|zoë|vader|@", text(site), re.IGNORECASE)


def test_sharing_again_makes_no_second_message_and_taking_back_lets_none_go_out(site: Site, post: Post) -> None:
    site.change(with_address("vader"))
    share(site)
    assert share(site, LINE | {"goal": "Kommagetallen"}).json()["messages"] == 0
    assert "Kommagetallen" in text(site)
    site.client.post(api(site, "/withdraw"), json={"week": WEEK})

    assert not sending.send_due(site.engine, settings(post)).counts
    share(site, LINE | {"goal": "Procenten"})
    assert sending.send_due(site.engine, settings(post)).counts == {"sent": 1}
    share(site, LINE | {"goal": "Nog iets anders"})
    assert not sending.send_due(site.engine, settings(post)).counts
    assert "Procenten" in post.letters[0][1].get_content()
    assert len(post.letters) == 1


def test_each_parent_gets_one_letter_of_its_own(site: Site, post: Post) -> None:
    site.change(with_address("vader"))
    site.change(with_address("oma", child="zoë"))
    share(site)

    assert sending.send_due(site.engine, settings(post)).counts == {"sent": 2}
    assert sending.send_due(site.engine, settings(post)).counts == {}
    assert sorted(tos for tos, _ in post.letters) == [["oma@example.org"], ["vader@example.org"]]
    for tos, letter in post.letters:
        assert letter["To"] == tos[0]
        assert not {"Cc", "Bcc"} & set(letter.keys())
        assert "Breuken vergelijken" in letter.get_content()
    assert len({letter["Message-ID"] for _, letter in post.letters}) == 2


def test_custody_that_ended_after_sharing_means_no_letter(site: Site, post: Post) -> None:
    site.change(with_address("vader"))
    share(site)
    with reading(site.engine) as connection:
        guardian = connection.scalar(sa.select(Guardian.id).where(Guardian.given_name == "vader"))
    ended = {"custody": Custody.NO, "starts_at": NOW - timedelta(minutes=1), "evidence": CustodyEvidence.REGISTER}
    place = {"school_id": site.world.schools["vliet"], "pupil_id": site.world.pupils["noor"], "guardian_id": guardian}
    site.change(lambda w: w.insert(CustodyRecord, **place, **ended, version=1, recorded_at=NOW, recorded_by="test"))

    assert sending.send_due(site.engine, settings(post)).counts == {"no_address": 1}
    assert not post.letters
    assert copies(site)[0].failed_at


def test_a_server_that_is_busy_is_tried_again_later_and_later(site: Site, post: Post) -> None:
    site.change(with_address("vader"))
    share(site)
    post.says = "450 later"
    now, waits = datetime.now(UTC), []
    for _ in range(sending.MOST_TRIES):
        with time_machine.travel(now, tick=False):
            sending.send_due(site.engine, settings(post))
            assert sending.send_due(site.engine, settings(post)).counts == {}, "not before its time"
        (copy,) = copies(site)
        assert copy.sent_at is None
        if copy.next_try_at:
            waits.append(copy.next_try_at - now)
            now = copy.next_try_at + timedelta(seconds=1)
    assert waits == sorted(set(waits))
    assert copy.failed_at
    assert post.asked == sending.MOST_TRIES


@pytest.mark.parametrize("at", ["says", "after"])
def test_a_refusal_is_final_and_the_next_parent_still_gets_a_letter(site: Site, post: Post, at: str) -> None:
    site.change(with_address("vader"))
    share(site)
    setattr(post, at, "550 onbekend")
    assert sending.send_due(site.engine, settings(post)).counts == {"given_up": 1}
    site.change(with_address("oma"))
    share(site, LINE | {"goal": "Procenten"})
    setattr(post, at, "250 OK")

    assert sending.send_due(site.engine, settings(post)).counts == {"sent": 1}
    assert [tos for tos, _ in post.letters] == [["oma@example.org"]]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_around_the_handing_over_it_is_never_sent_twice(
    site: Site, post: Post, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.change(with_address("vader"))
    share(site)
    send = Mailer.send

    def killed(self: Mailer, letter: Any) -> Answer:
        if moment == "after":
            send(self, letter)
        raise KeyboardInterrupt

    monkeypatch.setattr(Mailer, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        sending.send_due(site.engine, settings(post))
    monkeypatch.undo()

    sending.send_due(site.engine, settings(post))
    assert len(post.letters) == (1 if moment == "after" else 0)


def test_two_senders_at_once_send_each_letter_once(site: Site, post: Post) -> None:
    parents = [f"ouder-{number}" for number in range(8)]
    for name in parents:
        site.change(with_address(name))
    share(site)
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: sending.send_due(site.engine, settings(post)), range(2)))

    assert sorted(tos[0] for tos, _ in post.letters) == [f"{name}@example.org" for name in parents]


def test_a_connection_that_breaks_after_the_letter_went_over_sends_it_no_second_time(site: Site) -> None:
    """The server took the letter and fell silent before it said so: nobody knows, so it is not tried again."""
    site.change(with_address("vader"))
    share(site)
    letters: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        here = Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", smtp_from="a@b.example")
        with ThreadPoolExecutor(1) as other:
            falls = other.submit(falls_silent, server, letters)
            assert sending.send_due(site.engine, here).counts == {"unknown": 1}
            falls.result()
    assert copies(site)[0].sent_at
    assert len(letters) == 1


def falls_silent(server: socket.socket, letters: list[bytes]) -> None:
    """Speak SMTP up to the end of one letter, and hang up."""
    connection, _ = server.accept()
    with connection, connection.makefile("rwb", buffering=0) as line:
        line.write(b"220 hier\r\n")
        while command := line.readline():
            if command.upper().startswith(b"DATA"):
                line.write(b"354 toe maar\r\n")
                letters.append(b"".join(iter(line.readline, b".\r\n")))
                return
            line.write(b"250 goed\r\n")


@pytest.mark.parametrize("email", ["a@b.nl\r\nBcc: x@y.nl", "a@b.nl, c@d.nl", "é@b.nl", "@", "naam@"])
def test_an_address_that_can_be_none_goes_nowhere(site: Site, post: Post, email: str) -> None:
    site.change(with_address("vader", email=email))
    share(site)

    assert sending.send_due(site.engine, settings(post)).counts == {"no_address": 1}
    assert not post.letters


def test_sending_is_off_until_a_server_is_named_and_plain_text_stays_on_this_machine(site: Site, post: Post) -> None:
    site.change(with_address("vader"))
    share(site)
    elsewhere = Settings(smtp_host="mail.example.org", smtp_from="a@b.nl", smtp_security="none")
    silent = settings(post).model_copy(update={"smtp_port": 9})
    for wrong in (Settings(), elsewhere, silent, Settings(smtp_host="127.0.0.1")):
        with pytest.raises(NoServerError):
            sending.send_due(site.engine, wrong)
    assert copies(site)[0].tries == 0
    assert sending.send_due(site.engine, settings(post)).counts == {"sent": 1}


def test_no_name_or_address_is_printed(
    site: Site, database: Database, post: Post, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """As the command line does it: on PostgreSQL behind the wall between schools."""
    from typer.testing import CliRunner

    from api.cli import app

    site.change(with_address("vader"))
    share(site)
    post.says = "550 vader@example.org is weg"
    given = {"HOST": "127.0.0.1", "PORT": str(post.port), "SECURITY": "none", "FROM": "a@b.nl"}
    for name, value in given.items():
        monkeypatch.setenv(f"KINDBLAD_SMTP_{name}", value)
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", database.url)
    runner = CliRunner()
    sent, listed = runner.invoke(app, ["messages", "send"]), runner.invoke(app, ["messages", "list"])

    assert "1 niet te bezorgen" in sent.output
    assert "1 ouders: 0 wachten, 0 verstuurd, 1 niet te bezorgen" in listed.output
    assert not re.search("vader|noor|example.org", sent.output + listed.output + str(capfd.readouterr()), re.IGNORECASE)
