"""Everything that the bot remembers in one file, a ZIP archive, whichever database it has:

backup.json             format, version, revision of the tables, number of rows and files
tables/NAME.jsonl       the rows of a table, a JSON object a line
files/donations/…       what lies in DATA_DIR besides the database
.env                    only if it was asked for
"""

FORMAT = 1
ABOUT, DOTENV = "backup.json", ".env"
TABLES, FILES = "tables/", "files/"

JOURNAL = "answered"
DATABASE = "ouvido.db"
FOLDERS = ("donations", "quiz")  # that DATA_DIR may have


class Refused(Exception):
    """There can be no backup, or it can't be brought back; the message says why."""


def is_state(name: str, database: str) -> bool:
    """Whether a file beside the data is part of a database, our journal or begun by somebody."""
    return name.startswith((".", DATABASE, database)) or name == JOURNAL
