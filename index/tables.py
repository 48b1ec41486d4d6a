"""The catalogue's tables. Knows their shape and nothing of what is done with them.

Rows are never changed once they are visible: a document is added by one generation and removed by a later one, and
everything that was found in it comes and goes with it. Keys are given out by the writer and never used twice. What
people have said and decided (`KEPT`) belongs to no generation and outlives every rebuild.
"""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, Table, Text

metadata = MetaData()
Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite takes only INTEGER for a row's own number


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _integer(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _value_table(name: str, *columns: Column[int] | Column[str]) -> Table:
    """A table of one kind of value of a project, in the order in which the project gives them."""
    own: list[Column[int] | Column[str]] = [
        Column("project", Key, ForeignKey("projects.key", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
    ]
    return Table(name, metadata, *own, *columns)


def _words_of_value() -> list[Column[int] | Column[str]]:
    return [_text("text"), _integer("start"), _integer("end"), _text("note")]


store = Table("store", metadata, Column("key", Text, primary_key=True), _text("value"))

generations = Table(
    "generations",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    _text("made_at"),  # ISO 8601, UTC
    *(_integer(name) for name in ("added", "changed", "removed", "documents", "projects", "passages")),
)

documents = Table(
    "documents",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("added", Key, nullable=False),
    Column("removed", Key),  # no index: SQLite would take it for what is visible, which is nearly all
    Column("swept", Integer, nullable=False, default=0),  # 1 once the views have let go of a removed one
    Column("id", Text, nullable=False, index=True),
    Column("source", Text, nullable=False, index=True),
    _text("file"),  # the source without the rows of a register's part
    *(_text(name) for name in ("media_type", "title", "language", "sha256", "text")),
    *(Column(name, JSON, nullable=False) for name in ("blocks", "page_starts", "notes")),
)

projects = Table(
    "projects",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("document", Key, ForeignKey("documents.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("id", Text, nullable=False, index=True),
    _text("title"),
    Column("title_start", Integer),
    Column("title_end", Integer),
    Column("aliases", JSON, nullable=False),
    _integer("start"),
    _integer("end"),
    *(_text(name) for name in ("language", "description", "reference")),
    # The period as told, and as the days it covers at most, for comparing.
    *(Column(name, Text) for name in ("period_start", "period_end", "period_text", "period_note")),
    Column("period_span_start", Integer),
    Column("period_span_end", Integer),
    Column("first_day", Text, index=True),
    Column("last_day", Text),
)

amounts = _value_table(
    "amounts",
    Column("amount", Text),  # the exact decimal
    Column("ten_thousandths", BigInteger),  # the same as a whole number, for comparing and adding exactly
    Column("currency", Text),
    _text("role"),
    _text("label"),  # of the field that it stands in, as the source writes it
    *_words_of_value(),
    _text("included_in"),
)
organisations = _value_table(
    "organisations",
    _text("name"),
    Column("folded", Text, nullable=False, index=True),
    _text("role"),
    Column("country", Text),
    *_words_of_value(),
)
places = _value_table(
    "places",
    _text("name"),
    Column("folded", Text, nullable=False, index=True),
    Column("country", Text, index=True),
    *_words_of_value(),
)
fields = _value_table(
    "fields",
    *(_text(name) for name in ("name", "role", "label", "source")),
    _text("value"),  # the document's words at start, nothing where they are many
    *(_integer(name) for name in ("start", "end", "whole_start", "whole_end")),
)

passages = Table(
    "passages",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("document", Key, ForeignKey("documents.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("project", Key, ForeignKey("projects.key", ondelete="CASCADE"), index=True),
    _integer("start"),
    _integer("end"),
    Column("page", Integer),
    _text("context"),  # what stood before the text when it was embedded
    _text("text"),
    Column("digest", BigInteger, nullable=False),  # of what was embedded: who has the same has the same vector
)
Index("passages_by_digest", passages.c.digest)

# Evaluations: what was asked, and what came back for each question.
runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    _text("made_at"),  # ISO 8601, UTC
    _integer("finished"),  # 1 once every question was asked
    Column("about", JSON, nullable=False),
)
run_results = Table(
    "run_results",
    metadata,
    Column("run", Text, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("result", JSON, nullable=False),
)

candidates = Table(
    "candidates",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, index=True),  # of the pair, for whoever proposes it once more
    _text("origin"),  # generated, feedback or model
    _text("made_at"),  # ISO 8601, UTC
    Column("pair", JSON, nullable=False),  # a line of a set of questions
    _text("note"),
    _text("status"),  # open, accepted or rejected
    Column("decided_at", Text),
)
feedback = Table(
    "feedback",
    metadata,
    Column("key", Key, primary_key=True),
    _text("made_at"),
    _text("question"),
    Column("history", JSON, nullable=False),
    *(_text(name) for name in ("answer", "status")),
    Column("citations", JSON, nullable=False),
    Column("generation", Key, nullable=False),  # that was answered from
    _text("verdict"),  # up or down
    _text("comment"),
    Column("turn", Text, nullable=False, default="", index=True),  # of a conversation: who thinks again has one verdict
    Column("taken", Integer, nullable=False, default=0),  # 1 once it has become a candidate
)

# Conversations: what was asked and answered, with the documents as they were when they were quoted.
conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),  # nobody can guess it: who has it may read the conversation
    _text("made_at"),  # ISO 8601, UTC
    _text("used_at"),  # the same, of the last turn
    _text("language"),
)
turns = Table(
    "turns",
    metadata,
    Column("conversation", Text, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),  # from 1
    _text("made_at"),  # ISO 8601, UTC
    Column("answer", JSON, nullable=False),  # all of it, as the assistant writes and reads it
    Column("generation", Key, nullable=False),  # that was answered from
)
cited_documents = Table(
    "cited_documents",
    metadata,
    Column("digest", Text, primary_key=True),  # of all the rest but sha256: one copy, however often it is cited
    *(_text(name) for name in ("source", "media_type", "title", "language")),
    _text("sha256"),  # of the file's bytes, as in documents
    _text("text"),
    Column("page_starts", JSON, nullable=False),
)
turn_documents = Table(
    "turn_documents",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("document", Text, primary_key=True),  # the id by which the answer's citations name it
    Column("digest", Text, ForeignKey("cited_documents.digest"), nullable=False, index=True),
    ForeignKeyConstraint(["conversation", "position"], ["turns.conversation", "turns.position"], ondelete="CASCADE"),
)

# Where the documents come from: the paths that the last build was given, and files that staff do not want read.
roots = Table("roots", metadata, Column("position", Integer, primary_key=True, autoincrement=False), _text("path"))
left_out = Table("left_out", metadata, Column("file", Text, primary_key=True), _text("made_at"))

KEPT: tuple[Table, ...] = (
    candidates, feedback, runs, run_results, conversations, turns, cited_documents, turn_documents, roots, left_out,
)  # fmt: skip
"""Tables whose rows are carried over when a catalogue is made anew (`index.kept`), owners before what they own: what no
document holds and nobody could make again. Their columns are numbers, texts and JSON; one that is added later has to
have a default, since rows of the version before lack it."""
