"""The matrix as data: rows of matrix.txt."""

from dataclasses import dataclass
from pathlib import Path

from tests.people.access.world import NOBODY, ROLES

TABLE = Path(__file__).with_name("matrix.txt")


@dataclass(frozen=True)
class Row:
    """One address with one kind of object. `get` and `post` have a cell a side: the letters of the roles for which it opens.

    A small letter is a role that is sent elsewhere, "_" nobody signed in who is; who has no letter is refused. `reads`: who may read
    which kind of words there, beside those who may everywhere ("B:text").
    """

    name: str
    arguments: str
    get: tuple[str, ...]
    post: tuple[str, ...]
    reads: frozenset[str]

    @property
    def title(self) -> str:
        return f"{self.name} {self.arguments}".strip()


def rows() -> list[Row]:
    """All rows of the table. Raises ValueError naming the line that is none."""
    found = []
    for number, line in enumerate(TABLE.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("|")]
        if len(columns) not in (4, 5) or set("".join(columns[2:4])) - set(f"{ROLES}{ROLES.lower()}_=/. "):
            raise ValueError(f"{TABLE.name}, line {number}: five columns: address | arguments | GET | POST | who else reads what")
        name, arguments, get, post, *reads = columns
        found.append(Row(name, arguments, _cells(get), _cells(get if post == "=" else post), frozenset(" ".join(reads).split())))
    return found


def _cells(column: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace(".", "") for cell in column.split("/"))


def letter(role: str, outcome: str) -> str:
    """What stands in a cell for a role to which this happened."""
    return {"open": role, "sent elsewhere": "_" if role == NOBODY else role.lower()}.get(outcome, "")
