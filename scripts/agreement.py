"""How far the coder agrees with coded replies, and how many adversarial cases it passes.

    python scripts/agreement.py              code the replies in data/replies and compare
    python scripts/agreement.py --full       the same, with each code and each failed case
    python scripts/agreement.py --write      the same, written to data/agreement.yaml for the page
    python scripts/agreement.py GOLD CODED   compare what `python -m tutor code` wrote with GOLD,
                                             or the codes of a second rater

A gold reply carries "contested": the codes on which its two raters differed. Those cells are left
out ("own:level" leaves out only the level). A code counts in the macro average when the file has at
least MIN_POSITIVES positives of it. Intervals are 95 % bootstrap intervals over replies.

The replies are written ones, coded by two raters alike in training: no clinical validation.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tutor.domain.vocabulary import CODES, Misstep, Move  # noqa: E402
from tutor.errors import TutorError  # noqa: E402

Row = dict[str, Any]
Rows = dict[str, Row]
Cell = tuple[int, int]

MOVES, MISSTEPS = frozenset(Move), frozenset(Misstep)
MIN_POSITIVES = 5
DRAWS = 200
CODED_SETS = ("train.jsonl", "dev.jsonl", "check.jsonl", "fresh.jsonl", "talk.jsonl")
ADVERSARIAL = "adversarial.jsonl"
REPLIES = ROOT / "data" / "replies"
#: What a second rater saw in replies of other sets, without knowing what their authors had seen.
SECOND = "second.jsonl"


def by_id(lines: Iterable[str]) -> Rows:
    return {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}


def read(path: Path) -> Rows:
    return by_id(path.read_text(encoding="utf-8").split("\n"))


def read_gold(path: Path) -> Rows:
    """The replies of that file; what its author and a second rater differ on is contested."""
    second = second_reading()
    return {
        i: doubly_coded(row, second[i]) if i in second else row for i, row in read(path).items()
    }


@cache
def second_reading() -> Rows:
    return read(REPLIES / SECOND)


def doubly_coded(row: Row, second: Row) -> Row:
    known = list(row.get("contested", ()))
    for one in CODES:
        levels = level(row, one), level(second, one)
        if levels[0] != levels[1]:
            known.append(f"{one}:level" if all(levels) else one.value)
    return row | {"contested": known}


def code(path: Path) -> Rows:
    """Code the replies of that file with the bank in use."""
    from tutor.cli.jsonl import Refusal, read_requests
    from tutor.cli.pool import cores, outcomes
    from tutor.content.loader import library
    from tutor.settings import from_environment

    try:
        bank = library(from_environment().data).bank
    except TutorError as error:
        sys.exit(str(error))
    with path.open("rb") as lines:
        done = list(outcomes(bank, read_requests(lines), processes=cores()))
    refused = [str(outcome) for outcome in done if isinstance(outcome, Refusal)]
    if refused:
        sys.exit(f"{path}: {'; '.join(refused)}")
    return by_id(done)


def level(row: Row, code: str) -> int:
    if code in MISSTEPS:
        return int(code in row.get("missteps", ()))
    return int(row.get("moves", {}).get(code, 0))


def contested(row: Row, code: str) -> bool:
    return code in row.get("contested", ())


def cells_of(ids: Iterable[str], gold: Rows, coded: Rows, code: str) -> list[Cell]:
    return [
        (level(gold[i], code), level(coded[i], code)) for i in ids if not contested(gold[i], code)
    ]


def ratio(top: float, bottom: float) -> float | None:
    return top / bottom if bottom else None


def f1(cells: Sequence[Cell]) -> float | None:
    both = sum(1 for g, c in cells if g and c)
    either = sum(1 for g, c in cells if g or c)
    return ratio(2 * both, both + either)


def kappa(cells: Sequence[Cell]) -> float | None:
    """Cohen's kappa on presence."""
    n = len(cells)
    if not n:
        return None
    same = sum(bool(g) == bool(c) for g, c in cells) / n
    gold, coded = sum(bool(g) for g, _ in cells) / n, sum(bool(c) for _, c in cells) / n
    chance = gold * coded + (1 - gold) * (1 - coded)
    return ratio(same - chance, 1 - chance)


def quadratic_kappa(cells: Sequence[Cell]) -> float | None:
    """Cohen's kappa on levels, with quadratic weights."""
    n = len(cells)
    counts = [[sum(1 for cell in cells if cell[i] == k) for k in range(3)] for i in (0, 1)]
    seen = sum((g - c) ** 2 for g, c in cells)
    chance = sum(
        (i - j) ** 2 * counts[0][i] * counts[1][j] / n for i in range(3) for j in range(3) if n
    )
    return 1 - seen / chance if chance else None


def overlaps(reply: str, quotes: Iterable[str], spans: Sequence[Row]) -> bool:
    """Whether a span shares at least half of the shorter of itself and a quotation."""
    for quote in quotes:
        start = reply.find(quote)
        for span in spans if start >= 0 else ():
            shared = min(start + len(quote), span["end"]) - max(start, span["start"])
            if shared * 2 >= min(len(quote), span["end"] - span["start"]) > 0:
                return True
    return False


def macro(ids: Sequence[str], cells: Sequence[dict[str, Cell]]) -> float:
    """The mean F1 over codes, each given as its cells by id; contested cells are not among them."""
    scores = [f1([by_reply[i] for i in ids if i in by_reply]) or 0.0 for by_reply in cells]
    return sum(scores) / len(scores) if scores else 0.0


def cells_by_reply(ids: Sequence[str], gold: Rows, coded: Rows, code: str) -> dict[str, Cell]:
    return {
        i: (level(gold[i], code), level(coded[i], code))
        for i in ids
        if not contested(gold[i], code)
    }


def interval(ids: Sequence[str], cells: Sequence[dict[str, Cell]]) -> list[float]:
    """The 95 % bootstrap interval of the mean F1 over codes, always with the same draws."""
    draw = random.Random(7)
    draws = sorted(macro([draw.choice(ids) for _ in ids], cells) for _ in range(DRAWS))
    return [round(draws[round(DRAWS * 0.025)], 3), round(draws[round(DRAWS * 0.975) - 1], 3)]


def code_row(ids: Sequence[str], gold: Rows, coded: Rows, code: str) -> Row:
    cells = cells_of(ids, gold, coded, code)
    hit = sum(1 for g, c in cells if g and c)
    positives, given = sum(1 for g, _ in cells if g), sum(1 for _, c in cells if c)
    settled = [i for i in ids if not contested(gold[i], f"{code}:level")]
    quoted = [
        i
        for i in ids
        if not contested(gold[i], code)
        and level(gold[i], code)
        and level(coded[i], code)
        and gold[i].get("evidence", {}).get(code)
        and "evidence" in coded[i]  # a second rater's codes come without quotations
    ]
    shared = sum(
        overlaps(gold[i]["reply"], gold[i]["evidence"][code], coded[i]["evidence"].get(code, ()))
        for i in quoted
    )
    return {
        "gold": positives,
        "coded": given,
        "precision": ratio(hit, given),
        "recall": ratio(hit, positives),
        "f1": f1(cells),
        "kappa": kappa(cells),
        "level_kappa": quadratic_kappa(cells_of(settled, gold, coded, code))
        if code in MOVES
        else None,
        "evidence": ratio(shared, len(quoted)),
    }


def agreement(gold: Rows, coded: Rows) -> Row:
    ids = present(gold, coded)
    rows = {code.value: code_row(ids, gold, coded, code) for code in CODES}
    counted = [code for code, row in rows.items() if row["gold"] >= MIN_POSITIVES]
    groups = {
        "moves": [code for code in counted if code in MOVES],
        "missteps": [code for code in counted if code in MISSTEPS],
        "all": counted,
    }
    report: Row = {"replies": len(ids), "codes": rows}
    for code, row in rows.items():
        row["f1_95"] = interval(ids, [cells_by_reply(ids, gold, coded, code)])
    for name, codes in groups.items():
        cells = [cells_by_reply(ids, gold, coded, code) for code in codes]
        report[f"macro_f1_{name}"] = round(macro(ids, cells), 4)
        report[f"macro_f1_{name}_95"] = interval(ids, cells)
    report["false_credits"] = sum(
        1 for code in MOVES for g, c in cells_of(ids, gold, coded, code) if c and not g
    )
    kappas = [rows[c]["level_kappa"] for c in groups["moves"]]
    report["level_kappa"] = round(sum(k or 0.0 for k in kappas) / max(1, len(kappas)), 4)
    known = [row["evidence"] for row in rows.values() if row["evidence"] is not None]
    report["evidence_overlap"] = round(sum(known) / len(known), 4) if known else None
    return report


def adversarial(cases: Rows, coded: Rows) -> Row:
    failed = [
        {"id": i, "kind": cases[i].get("kind"), "wrong": wrong, "reply": cases[i]["reply"]}
        for i in present(cases, coded)
        if (wrong := list(broken(cases[i], coded[i])))
    ]
    passed = len(cases) - len(failed)
    rate = round(passed / len(cases), 4)
    return {"cases": len(cases), "passed": passed, "pass_rate": rate, "failed": failed}


def broken(case: Row, row: Row) -> Iterable[str]:
    """What the coding of an adversarial case must have and has not, or must not have and has."""
    limits = dict(case.get("max", {}))
    most = {**dict.fromkeys(Move, limits.pop("*")), **limits} if "*" in limits else limits
    for code, least in case.get("must", {}).items():
        if level(row, code) < least:
            yield f"{code} {level(row, code)} < {least}"
    for code, limit in most.items():
        if level(row, code) > limit:
            yield f"{code} {level(row, code)} > {limit}"
    yield from (f"{m} missing" for m in case.get("missteps_must", ()) if not level(row, m))
    yield from (f"{m} given" for m in case.get("missteps_not", ()) if level(row, m))


def present(gold: Rows, coded: Rows) -> list[str]:
    missing = [i for i in gold if i not in coded]
    if missing:
        sys.exit(f"{len(missing)} replies were not coded, the first of them {missing[0]}")
    return list(gold)


def compare(gold: Rows, coded: Rows) -> Row:
    """The report for either kind of file."""
    is_adversarial = any("must" in row or "missteps_not" in row for row in gold.values())
    return adversarial(gold, coded) if is_adversarial else agreement(gold, coded)


def page(reports: dict[str, Row]) -> Iterator[str]:
    """The figures as the lines of data/agreement.yaml, in hundredths."""
    from tutor.content.loader import library
    from tutor.settings import from_environment

    def hundredths(value: float | None) -> str:
        return "null" if value is None else str(round(value * 100))

    yield "# Written by scripts/agreement.py --write; figures are hundredths."
    yield "schema_version: 1"
    yield f"bank: {library(from_environment().data).bank.version!r}"
    yield f"adversarial_cases: {reports[ADVERSARIAL]['cases']}"
    yield f"adversarial_passed: {reports[ADVERSARIAL]['passed']}"
    yield "sets:"
    for name, report in reports.items():
        if "cases" in report:
            continue
        low, high = map(hundredths, report["macro_f1_all_95"])
        yield f"  - name: {name.removesuffix('.jsonl')}"
        yield f"    replies: {report['replies']}"
        yield f"    f1: {hundredths(report['macro_f1_all'])}"
        yield f"    low: {low}"
        yield f"    high: {high}"
        yield f"    false_credits: {report['false_credits']}"
        yield "    codes:"
        for code, row in report["codes"].items():
            low, high = map(hundredths, row["f1_95"])
            figures = ", ".join(f"{k}: {hundredths(row[k])}" for k in ("precision", "recall", "f1"))
            counted = f"cases: {row['gold']}, {figures}, low: {low}, high: {high}"
            yield f"      - {{code: {code}, {counted}}}"


def show(name: str, report: Row, *, full: bool) -> None:
    if "cases" in report:
        for case in report["failed"] if full else ():
            wrong = "; ".join(case["wrong"])
            print(f"{case['id']} kind {case['kind']}: {wrong} | {case['reply'][:120]}")
        cases = f"{report['passed']} of {report['cases']}"
        print(f"{name}: {cases} adversarial cases passed ({report['pass_rate']:.2f})")
        return
    if full:
        print(f"{'code':15}{'gold':>5}{'coded':>6}  prec   rec    F1 kappa  level evid")
        for code, row in report["codes"].items():
            keys = ("precision", "recall", "f1", "kappa", "level_kappa", "evidence")
            values = " ".join("    -" if row[k] is None else f"{row[k]:5.2f}" for k in keys)
            print(f"{code:15}{row['gold']:5}{row['coded']:6} {values}")
    for group in ("all", "moves", "missteps"):
        low, high = report[f"macro_f1_{group}_95"]
        value = report[f"macro_f1_{group}"]
        print(f"{name}: macro F1 {group:9}{value:.3f}  [{low:.3f}, {high:.3f}]")
    replies, overlap = report["replies"], report["evidence_overlap"]
    print(f"{name}: level kappa {report['level_kappa']}, evidence overlap {overlap}")
    wrong = report["false_credits"]
    print(f"{name}: {replies} replies, {wrong} moves credited that raters do not see")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="?", type=Path, metavar="GOLD")
    parser.add_argument("coded", nargs="?", type=Path, metavar="CODED")
    parser.add_argument("--full", action="store_true", help="a row for each code, each failed case")
    parser.add_argument("--write", action="store_true", help="write data/agreement.yaml as well")
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    args = parser.parse_args()
    if args.gold and not args.coded:
        parser.error("give both GOLD and CODED, or neither")
    if args.gold:
        reports = {args.gold.name: compare(read(args.gold), read(args.coded))}
    else:
        files = [f for n in (*CODED_SETS, ADVERSARIAL) if (f := REPLIES / n).exists()]
        reports = {file.name: compare(read_gold(file), code(file)) for file in files}
    if args.write and not args.gold:
        text = "\n".join(page(reports)) + "\n"
        (ROOT / "data" / "agreement.yaml").write_text(text, encoding="utf-8")
    if args.json:
        print(json.dumps(reports, ensure_ascii=False))
        return
    for name, report in reports.items():
        show(name, report, full=args.full)


if __name__ == "__main__":
    main()
