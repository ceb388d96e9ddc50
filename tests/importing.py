"""Bringing rows in as an import does: expected as a whole, judged, brought and linked by chunks."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from records.intake import Bringing, Draft, Intake, Verdict

FIRST = 2  # below the headers
BECAUSE = "import 1"


def drafts_of(rows: Iterable[dict[str, Any]]) -> list[Draft]:
    """Rows of a file; a value under `note` is what no column was meant for."""
    rows = [dict(row) for row in rows]
    return [Draft(number, row, row.pop("note", "")) for number, row in enumerate(rows, FIRST)]


def chunks(drafts: Sequence[Draft], size: int) -> list[Sequence[Draft]]:
    return [drafts[start : start + size] for start in range(0, len(drafts), size)]


class Import:
    """One run of a file, by this user."""

    def __init__(
        self, intake: type[Intake], rows: Iterable[dict], *, by: Any, because: str = BECAUSE, source: str = "",
        chunk: int = 500, **options: Any,
    ) -> None:  # fmt: skip
        self.drafts = drafts_of(rows)
        self.pieces = chunks(self.drafts, chunk)
        self.intake = intake(Bringing(by, because, source, options))
        self.intake.expect(self.drafts)

    def judge(self) -> list[Verdict]:
        return [verdict for piece in self.pieces for verdict in self.intake.judge(piece)]

    def run(self) -> list[Verdict]:
        """Bring and link; what linking says of a row stands beside what bringing it said."""
        verdicts = []
        for piece in self.pieces:
            with transaction.atomic():
                verdicts += self.intake.bring(piece)
        by_number = {verdict.number: verdict for verdict in verdicts}
        for piece in self.pieces:
            with transaction.atomic():
                for tied in self.intake.link(piece):
                    by_number[tied.number].remarks += tied.remarks
                    by_number[tied.number].beside += tied.beside
        return verdicts


def bring(intake: type[Intake], *rows: dict, by: Any, **kind: Any) -> list[Verdict]:
    """Judge and then bring these rows; the judgement must have foreseen what came of each."""
    run = Import(intake, rows, by=by, **kind)
    foreseen = [str(verdict.act) for verdict in run.judge()]
    verdicts = run.run()
    assert [str(verdict.act) for verdict in verdicts] == foreseen
    return verdicts


def acts(verdicts: Iterable[Verdict]) -> list[str]:
    return [str(verdict.act) for verdict in verdicts]


def problems(verdict: Verdict) -> dict[str, str]:
    """Column → sentence."""
    return {problem.column: str(problem.sentence) for problem in verdict.problems}


def remarks(verdict: Verdict) -> dict[str, str]:
    return {remark.column: str(remark.sentence) for remark in verdict.remarks}
