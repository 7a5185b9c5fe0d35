"""The tables. Times are Unix seconds; ids of people and chats are Telegram's."""

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of all tables."""

    type_annotation_map: ClassVar = {int: BigInteger, dict[str, Any]: JSON(none_as_null=True)}


class UpdateRow(Base):
    """An update of Telegram's; of an answered one only the id is kept, to know it again."""

    __tablename__ = "updates"
    __table_args__ = (Index("updates_owed", "answered_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any] | None]  # as Telegram sent it; None once it is answered
    received_at: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)  # that were begun
    answered_at: Mapped[int | None]
    progress_message_id: Mapped[int | None]  # our message that says how far the note was heard


class Note(Base):
    """The verdict of one model on one recording."""

    __tablename__ = "notes"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # of the file's bytes
    model: Mapped[str] = mapped_column(primary_key=True)  # name and version
    verdict: Mapped[dict[str, Any]]
    evidence: Mapped[dict[str, Any]]  # what the file itself tells
    # Telegram's, by the language of the words, once they were sent
    picture_file_ids: Mapped[dict[str, Any]] = mapped_column(default=dict)
    size: Mapped[int | None] = mapped_column(index=True)  # bytes, as Telegram says
    request_count: Mapped[int]  # from anybody, anywhere
    used_at: Mapped[int] = mapped_column(index=True)


class NoteName(Base):
    """A recording's `file_unique_id` in Telegram, hashed: finds its verdict without a download."""

    __tablename__ = "note_names"

    file_unique_id_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256
    sha256: Mapped[str] = mapped_column(index=True)
    used_at: Mapped[int] = mapped_column(index=True)


class Answer(Base):
    """A verdict that was sent to somebody; its buttons and links carry the token."""

    __tablename__ = "answers"

    token: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    model: Mapped[str]
    file_id: Mapped[str]  # Telegram's, to fetch the recording once more
    chat_id: Mapped[int] = mapped_column(index=True)
    asker_id: Mapped[int] = mapped_column(index=True)
    private: Mapped[bool]  # only the asker may see it
    created_at: Mapped[int] = mapped_column(index=True)
    explanation_message_id: Mapped[int | None]  # our message that explains it
    zoom_message_id: Mapped[int | None]  # shows a part of it larger
    compare_message_id: Mapped[int | None]  # asks for a genuine note to compare with
    reported_at: Mapped[int | None]  # when its report was last ordered


class Vote(Base):
    """A person's reply to "Was it right?"."""

    __tablename__ = "votes"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]  # of the verdict
    is_correct: Mapped[bool]
    voted_at: Mapped[int]


class Person(Base):
    """Settings and consents of a person."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str | None]
    compare_consent_at: Mapped[int | None]
    donate_consent_at: Mapped[int | None]
    donor_pseudonym: Mapped[str | None]  # stands in the files of their donations


class ChatRow(Base):
    """Settings of a group, as its administrators chose them."""

    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str | None]
    notes: Mapped[str] = mapped_column(default="asked")  # asked, forwarded or all: which are judged
    only_suspicious: Mapped[bool] = mapped_column(default=False)  # no word about human speech
    reply_mode: Mapped[str] = mapped_column(default="reply")  # reply, reaction or summary
    quiet_from: Mapped[int | None]  # minutes since midnight, in `timezone`
    quiet_to: Mapped[int | None]
    timezone: Mapped[str | None]
    private_replies: Mapped[bool] = mapped_column(default=False)  # answers to the asker alone
    left_at: Mapped[int | None]  # when the bot was removed; a month later the row is deleted


class Digest(Base):
    """A line of a group's next summary: a note that was judged and not yet reported there."""

    __tablename__ = "digests"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message_thread_id: Mapped[int | None]  # a topic of a forum
    link: Mapped[str | None]  # to the message; plain groups have none
    language: Mapped[str]  # of the answer that it would have had
    label: Mapped[str]
    score: Mapped[float]  # P(synthetic)
    created_at: Mapped[int]


class BatchNote(Base):
    """What came of a note of a private chat, until those sent in a row with it are summed up."""

    __tablename__ = "batch_notes"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str]  # of its answer
    outcome: Mapped[str]  # label of the verdict, or code of the error
    seconds: Mapped[int | None]  # as Telegram says
    answered_at: Mapped[int]


class Donation(Base):
    """Who gave a recording for training; the file lies in DATA_DIR/donations."""

    __tablename__ = "donations"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    sha256: Mapped[str]
    truth: Mapped[str]
    size: Mapped[int]  # bytes
    donated_at: Mapped[int]


class QuizClip(Base):
    """Telegram's file_id of a clip of the quiz that was uploaded before."""

    __tablename__ = "quiz_clips"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str]


class Maintenance(Base):
    """One row while the maintenance mode is on, else none."""

    __tablename__ = "maintenance"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message: Mapped[str | None]  # the operator's own text; None: the standard one
    started_at: Mapped[int]


class Access(Base):
    """An operator's decision to allow or block a person, or a group by its negative id."""

    __tablename__ = "access"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    allowed: Mapped[bool]
    decided_at: Mapped[int]


class ApiKey(Base):
    """A key of a program that asks the API; the key itself is not kept."""

    __tablename__ = "api_keys"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # of the key
    name: Mapped[str] = mapped_column(unique=True)  # as the operator calls the program
    created_at: Mapped[int]
    expires_at: Mapped[int | None]  # None: never
    last_used_at: Mapped[int | None]
