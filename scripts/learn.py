"""Learn what words weigh, from coded replies, and write it to data/weights for a person to read.

    python scripts/learn.py          learn, print how it does on authors it has not read, write
    python scripts/learn.py --dry    the same without writing

Two linear models for each code, one of single sentences (from the raters' quotations) and one of
whole replies, are put together with what the rules found in a third. Every figure that enters the
third comes from models that have not read the author in question. `lessons.py` says which replies
are learned from, and for what. Needs scikit-learn (requirements-dev.txt).
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import floor
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import agreement  # noqa: E402
from lessons import Reply, replies  # noqa: E402

from tutor.coding.coder import Coder  # noqa: E402
from tutor.coding.cues import Cues  # noqa: E402
from tutor.coding.weighing import DAMPING, Findings, Scales  # noqa: E402
from tutor.content.loader import load  # noqa: E402
from tutor.content.reading import CODE_WEIGHTS, CUES, FAMILIES, LEXICON, WEIGHTS  # noqa: E402
from tutor.content.weights import HEADING, families  # noqa: E402
from tutor.domain.library import Library  # noqa: E402
from tutor.domain.rules import as_example  # noqa: E402
from tutor.domain.vocabulary import CODES, Code, Misstep  # noqa: E402
from tutor.domain.weights import CodeWeights, Row, Weights  # noqa: E402
from tutor.settings import from_environment  # noqa: E402

FEWEST = 3  # replies or sentences that a cue occurs in, to be weighed at all
STRENGTH = 16.0  # inverse of the regularization of the model of sentences; that of replies twice
TOGETHER = 0.1  # the same for the model that puts them together
READILY = 0.3  # how far, in log-odds, raters are expected to see a code more readily than authors
OWN_WAY = 0.3  # how far a code may leave the common weights of moves, or of missteps
ABOVE = 0.35  # the probability from which a code is there
UNIT = 100  # to one unit of log-odds
LEAST = 20  # a weight below is left out of the tables; on agreement it has no effect
FALLS_FROM = (50, 100, 150, 200, 300, 400)  # how far below 0 words must weigh for a rule to fall
CLEAR_FROM = range(-100, 301, 25)  # from what sum on a move is clear
NEARLY_BEST = 0.01  # of these, the one that takes least away and is as good as the best, or nearly
NEARLY_AGREED = 0.02  # the same for levels
FEATURES = ("found", "clear", "agreed", "taken_back", "nearly", "unstrained")

Matrix = Any
Vector = Any


@dataclass
class Table:
    """Cues as columns, sentences or replies as rows; damped as in `tutor.coding.weighing`."""

    names: list[str]
    matrix: Matrix

    @classmethod
    def of(cls, cues: Sequence[set[str]]) -> "Table":
        vectorizer = DictVectorizer()
        counts = vectorizer.fit_transform([dict.fromkeys(sorted(said), 1.0) for said in cues])
        said_in_all = np.asarray(counts.sum(axis=1)).ravel()
        kept = np.where(np.asarray(counts.sum(axis=0)).ravel() >= FEWEST)[0]
        names = [str(vectorizer.feature_names_[column]) for column in kept]
        return cls(names, csr_matrix(diags(1 / np.sqrt(said_in_all + DAMPING)) @ counts[:, kept]))


@dataclass(frozen=True)
class Linear:
    """A linear model: a weight for each cue, and where its sum begins."""

    weights: Vector
    start: float

    def sums(self, rows: Matrix) -> Vector:
        return rows @ self.weights + self.start


def linear(rows: Matrix, there: Vector, counts: Vector, strength: float) -> Linear:
    """The mean of two logistic regressions, of which one holds telling cues dearer than others.

    To that one a cue counts by how telling it is: by the logarithm of how much more often it occurs
    in what has the code than in what has not (Wang and Manning 2012, "Baselines and Bigrams"). Its
    weights are multiplied alike, so that both weigh cues as they are.
    """
    said = rows.sign()
    of, other = (np.asarray(said.T @ (counts * has)).ravel() + 1 for has in (there, ~there))
    telling = np.abs(np.log((of / of.sum()) / (other / other.sum())))
    telling /= np.sqrt((telling**2).mean())
    weights, start = np.zeros(rows.shape[1]), 0.0
    for scale in (np.ones_like(telling), telling):
        model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear")
        model.fit(csr_matrix(rows @ diags(scale)), there, sample_weight=counts)
        weights += scale * model.coef_[0] / 2
        start += float(model.intercept_[0]) / 2
    return Linear(weights, start)


def unread(
    rows: Matrix, there: Vector, counts: Vector, authors: Vector, measured: Vector, strength: float
) -> Vector:
    """The sum for each row of a measured author by a model that has not read that author."""
    sums = np.full(rows.shape[0], -np.inf)
    for author in sorted(set(authors[measured])):
        others = (authors != author) & (counts > 0)
        model = linear(rows[others], there[others], counts[others], strength)
        sums[authors == author] = model.sums(rows[authors == author])
    return sums


@dataclass
class Words:
    """The two models of one code: their weights, and for each reply the sums of the unread."""

    sentence: Linear
    reply: Linear
    said: Vector
    whole: Vector


def words_of(code: Code, coded: list[Reply], sentence: Table, reply: Table) -> Words:
    owner = np.repeat(np.arange(len(coded)), [len(r.sentences) for r in coded])
    authors = np.array([r.author for r in coded])
    measured = np.array([r.trusted or r.rated for r in coded])
    counts = np.array([r.weight * r.settled(code) for r in coded])
    there = np.array([r.level(code) > 0 for r in coded])
    quoted = [r.quoted(code, span) for r in coded for span in r.spans]
    known = counts[owner] * np.array([q is not None for q in quoted])
    said_there = np.array([bool(q) for q in quoted])
    said = np.full(len(coded), -np.inf)
    spoken = unread(sentence.matrix, said_there, known, authors[owner], measured[owner], STRENGTH)
    np.maximum.at(said, owner, spoken)
    return Words(
        sentence=linear(
            sentence.matrix[known > 0], said_there[known > 0], known[known > 0], STRENGTH
        ),
        reply=linear(reply.matrix[counts > 0], there[counts > 0], counts[counts > 0], 2 * STRENGTH),
        said=said,
        whole=unread(reply.matrix, there, counts, authors, measured, 2 * STRENGTH),
    )


def beside_words(reply: Reply, code: Code) -> list[float]:
    """What weighs beside words, in the order of `FEATURES`."""
    found = reply.findings[code]
    return [
        float(found.rules > 0),
        float(found.clear),
        float(found.rules > 1),
        float(found.taken_back),
        float(found.nearly),
        float(reply.unstrained),
    ]


def together(
    coded: list[Reply], words: Mapping[Code, Words], eager: Mapping[Code, float]
) -> tuple[dict[Code, Vector], dict[Code, Vector]]:
    """For each code the weights of the rules, the two sums and the start; and the unread sums.

    `eager` says how much more readily than authors raters see each code, in log-odds.

    One model for all codes: weights common to moves and to missteps, and for each code a small
    departure, for which `OWN_WAY` makes the model pay.
    """
    size = len(FEATURES) + 3

    def features(code: Code, number: int) -> Vector:
        of = words[code]
        beside = beside_words(coded[number], code)
        return np.array([*beside, of.said[number], of.whole[number], 1.0])

    def placed(code: Code, values: Vector) -> Vector:
        row = np.zeros((2 + len(CODES)) * size)
        kind = size * isinstance(code, Misstep)
        row[kind : kind + size] = values
        own = (2 + CODES.index(code)) * size
        row[own : own + size] = values * OWN_WAY
        for common in (FEATURES.index("unstrained"), size - 1):
            row[own + common] *= 3  # how common a code is, here and in all, is its own
        return row

    cells = [
        (code, number)
        for code in CODES
        for number, reply in enumerate(coded)
        if reply.settled(code) and reply.trusted
    ]
    rows = np.array([placed(code, features(code, number)) for code, number in cells])
    there = np.array([coded[number].level(code) > 0 for code, number in cells])
    moments = np.array([coded[number].row["client"] for _, number in cells])
    model = LogisticRegression(C=TOGETHER, max_iter=5000, fit_intercept=False)
    sums = cross_val_predict(
        model, rows, there, groups=moments, cv=GroupKFold(8), method="decision_function"
    )
    model.fit(rows, there)
    thresholds = {code: np.log(ABOVE / (1 - ABOVE)) - eager[code] for code in CODES}
    weights = {
        code: np.array([placed(code, row) @ model.coef_[0] for row in np.eye(size)])
        for code in CODES
    }
    unread_sums = {code: np.full(len(coded), np.nan) for code in CODES}
    for (code, number), value in zip(cells, sums, strict=True):
        unread_sums[code][number] = value - thresholds[code]
    for code in CODES:
        weights[code][-1] -= thresholds[code]
    return weights, unread_sums


def readily(code: Code, coded: list[Reply], words: Words) -> float:
    """How much more readily than authors raters see the code, in log-odds, by what words weigh.

    What the rules find is left out of it: they were written from the replies of the raters.
    """
    known = [
        number
        for number, reply in enumerate(coded)
        if reply.settled(code) and (reply.trusted or reply.rated) and "swapped" not in reply.row
    ]
    heard = [coded[number] for number in known]
    around = [(reply.unstrained, READILY * reply.rated) for reply in heard]
    rows = np.column_stack([words.said[known], words.whole[known], np.array(around, dtype=float)])
    model = LogisticRegression(C=1.0).fit(rows, [reply.level(code) > 0 for reply in heard])
    return READILY * float(model.coef_[0][3])


def clear_from(code: Code, coded: list[Reply], sums: Vector, falls: int | None) -> int:
    """The least sum from which a move is clear that agrees on levels as well as any, or nearly."""
    if isinstance(code, Misstep):
        return 0
    cells = [
        (reply.level(code), reply.findings[code], value * UNIT)
        for reply, value in zip(coded, sums, strict=True)
        if not np.isnan(value) and reply.levelled(code)
    ]
    there = [stands(found, value, falls) for _, found, value in cells]

    def by_bound(bound: int) -> float:
        levels = [
            (2 if value >= bound and (found.clear or not found.rules) else 1) * credited
            for (_, found, value), credited in zip(cells, there, strict=True)
        ]
        pairs = [(level, given) for (level, *_), given in zip(cells, levels, strict=True)]
        return agreement.quadratic_kappa(pairs) or 0.0

    scores = {bound: by_bound(bound) for bound in CLEAR_FROM}
    return min(bound for bound in scores if scores[bound] >= max(scores.values()) - NEARLY_AGREED)


def learned(coded: list[Reply], taught: Library, words: Mapping[str, str]) -> Weights:
    """The weights, with what they do on authors unread printed on the way."""
    sentence = Table.of([said for reply in coded for said in reply.sentences])
    reply = Table.of([set().union(r.about, *r.sentences) for r in coded])
    print(f"{len(coded)} replies, {len(sentence.names)} + {len(reply.names)} cues")
    made = Parallel(n_jobs=-1)(delayed(words_of)(code, coded, sentence, reply) for code in CODES)
    models = dict(zip(CODES, made, strict=True))
    eager = {code: readily(code, coded, models[code]) for code in CODES}
    weights, sums = together(coded, models, eager)
    print(f"{'on authors unread':<18}{'there':>7}{'rules':>7}{'words':>7}{'both':>7} falls raters")
    falls = {code: falls_below(code, coded, sums[code]) for code in CODES}
    scores = []
    for code in CODES:
        scores.append(scored := figures(code, coded, sums[code], falls[code]))
        there = sum(r.trusted and r.settled(code) and r.level(code) > 0 for r in coded)
        told = "".join(f"{score:>7.2f}" for score in scored)
        print(f"{code:<18}{there:>7}{told}{falls[code] or '':>6}{eager[code]:>+7.2f}")
    print(f"{'mean':<25}" + "".join(f"{score:>7.2f}" for score in np.mean(scores, axis=0)))
    tables: tuple[dict[str, list[int]], ...] = ({}, {})
    codes: dict[Code, CodeWeights] = {}
    for code in CODES:
        *beside, said, whole, start = weights[code]
        of = models[code]
        start += said * of.sentence.start + whole * of.reply.start
        codes[code] = CodeWeights(
            start=round(UNIT * start),
            **{name: round(UNIT * w) for name, w in zip(FEATURES, beside, strict=True)},
            clear_from=clear_from(code, coded, sums[code], falls[code]),
            falls_below=falls[code],
        )
        for table, names, model, scale in (
            (tables[0], sentence.names, of.sentence, said),
            (tables[1], reply.names, of.reply, whole),
        ):
            for name, weight in zip(names, model.weights, strict=True):
                table.setdefault(name, []).append(round(UNIT * scale * weight))
    rows: list[dict[str, Row]] = [{n: tuple(w) for n, w in table.items()} for table in tables]
    made = Weights(
        rules=taught.bank.rules_version,
        codes=codes,
        sentence=rows[0],
        reply=rows[1],
        families=words,
    )
    for code, least in least_taught(made, taught).items():
        below = codes[code].falls_below
        if below is not None and least <= below:
            print(f"{code}: falls below {least - 1}, not {below}, for the sake of what is taught")
            codes[code] = replace(codes[code], falls_below=least - 1)
    return made


def least_taught(weights: Weights, taught: Library) -> dict[Code, int]:
    """For each code the least sum among the examples of its rules: what is taught must not fall."""
    bank = replace(taught.bank, weights=None)
    coder, scales = Coder(bank), Scales(weights, Cues(bank.lexicon, weights.families))
    least: dict[Code, int] = {}
    for code, rule in bank.rules:
        for example in map(as_example, rule.examples.match):
            around, found = coder.examine(example.reply, example.context)
            if found[code].rules:
                most = scales.weigh(around, found)[code][0].sum
                least[code] = min(least.get(code, floor(most)), floor(most))
    return least


def falls_below(code: Code, coded: list[Reply], sums: Vector) -> int | None:
    """The sum below which a rule's finding is better not trusted; None where it always is."""
    scores = {below: agreed(code, coded, sums, -below) for below in FALLS_FROM}
    best = max(agreed(code, coded, sums, None), *scores.values())
    good = [below for below, score in scores.items() if score >= best - NEARLY_BEST]
    return -max(good) if good else None


def stands(found: Findings, value: float, below: int | None) -> bool:
    """Whether the code is there: by a rule unless it falls below that sum, or by words alone."""
    if found.rules:
        return below is None or value >= below
    return value > 0 and not found.taken_back


def agreed(code: Code, coded: list[Reply], sums: Vector, below: int | None) -> float:
    """F1 on authors unread: words count above 0, and a rule's finding falls below that sum."""
    cells = [
        (reply.level(code) > 0, stands(reply.findings[code], value * UNIT, below))
        for reply, value in zip(coded, sums, strict=True)
        if not np.isnan(value)
    ]
    return agreement.f1(cells) or 0.0


def figures(code: Code, coded: list[Reply], sums: Vector, falls: int | None) -> list[float]:
    """F1 of the rules alone, with what words find, and without what they weigh against."""
    cells = [
        (reply.level(code) > 0, reply.findings[code].rules > 0)
        for reply, value in zip(coded, sums, strict=True)
        if not np.isnan(value)
    ]
    by_rules = agreement.f1(cells) or 0.0
    return [by_rules, agreed(code, coded, sums, None), agreed(code, coded, sums, falls)]


def write(weights: Weights, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, table in zip(CUES, (weights.sentence, weights.reply), strict=True):
        lines = [HEADING]
        for cue, row in sorted(table.items()):
            cells = [str(weight) if abs(weight) >= LEAST else "" for weight in row]
            if any(cells):
                lines.append(",".join([cue, *cells]))
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    codes = {code.value: asdict(weights.codes[code]) for code in CODES}
    text = yaml.safe_dump(
        {"schema_version": 1, "rules": weights.rules, "codes": codes}, sort_keys=False
    )
    head = "# Written by scripts/learn.py; tutor/domain/weights.py says what the numbers are.\n"
    (folder / CODE_WEIGHTS).write_text(head + text, encoding="utf-8")


def content(data: Path) -> Library:
    """The content, whatever the weights that were there before are like."""
    loaded = load(data)
    others = [str(p) for p in loaded.blocking if f"/{WEIGHTS}/" not in p.file]
    if others:
        sys.exit("\n".join(others))
    return loaded.library


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--dry", action="store_true", help="write nothing")
    dry = parser.parse_args().dry
    data = from_environment().data
    taught = content(data)
    words = dict(families((data / LEXICON / FAMILIES).read_text(encoding="utf-8")))
    weights = learned(list(replies(taught, words)), taught, words)
    if not dry:
        write(weights, data / WEIGHTS)


if __name__ == "__main__":
    main()
