"""What is wrong in a file, said so that the person who keeps it can put it right."""

from dataclasses import dataclass


class CellError(ValueError):
    """A cell that cannot be read. Its message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` counts from 1, the heading, as a text editor shows it; `column` is empty where the whole line is meant."""

    file: str
    line: int
    message: str
    column: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, Zeile {self.line}" + (f", Spalte {self.column}" if self.column else "")
        return f"{place}: {self.message}"
