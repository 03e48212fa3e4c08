"""Fitting the model of types: scikit-learn's logistic regression, then a temperature, then how good it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from classify.type_features import DIMENSIONS
from classify.type_model import TypeModel
from records.errors import InvalidValue
from records.ids import DocumentTypeCode

STRENGTH = 30.0  # inverse of the regularisation; chosen on samples of other seeds
EVERY = 5  # one example in so many fits the temperature
TEMPERATURES = [0.2 * 1.12**step for step in range(32)]
SURE = 0.9
LEAST_PROBABILITY = 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """A paper of known type: its features, and how much it counts."""

    features: tuple[int, ...]
    code: DocumentTypeCode
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """How good a model is on papers that it has not seen."""

    papers: int
    accuracy: float  # share of right types
    log_loss: float  # mean of -ln p of the right type
    calibration_error: float  # mean gap between what is claimed and what is right (ECE, ten bins)
    sure: float  # share of papers called at least SURE
    right_when_sure: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def fit(examples: Sequence[Example], name: str) -> TypeModel:
    """A model of these examples, in the order given (the same examples give the same model); raises InvalidValue.

    At least two types have to be among them.
    """
    for_temperature = examples[::EVERY]
    model = _fitted([one for index, one in enumerate(examples) if index % EVERY], name)
    best = min(TEMPERATURES, key=lambda t: score(_at(model, t), for_temperature).log_loss)
    return _at(_fitted(examples, name), best)


def score(model: TypeModel, held_out: Sequence[Example]) -> Score:
    """The model's score on examples that it was not fitted to."""
    if not held_out:
        return Score(0, 0.0, math.inf, 0.0, 0.0, 0.0)
    answers = [(one, model.probabilities(one.features)) for one in held_out]
    right = [votes[0][0] == one.code for one, votes in answers]
    claimed = [votes[0][1] for _, votes in answers]
    losses = [-math.log(max(dict(votes).get(one.code, 0.0), LEAST_PROBABILITY)) for one, votes in answers]
    sure = [was for was, probability in zip(right, claimed, strict=True) if probability >= SURE]
    size = len(answers)
    return Score(
        size,
        sum(right) / size,
        sum(losses) / size,
        _calibration_error(claimed, right),
        len(sure) / size,
        sum(sure) / len(sure) if sure else 0.0,
    )


def is_better(candidate: Score, current: Score) -> bool:
    """Whether a model may take another's place: it predicts better, and gets no fewer papers right."""
    return candidate.log_loss < current.log_loss and candidate.accuracy >= current.accuracy


def _fitted(examples: Sequence[Example], name: str) -> TypeModel:
    from scipy.sparse import csr_matrix  # heavy, and needed for training only
    from sklearn.linear_model import LogisticRegression

    codes = sorted({one.code for one in examples})
    if len(codes) < 2:
        raise InvalidValue("training needs papers of at least two types")
    columns = [index for one in examples for index in one.features]
    values = [1 / max(1, len(one.features)) ** 0.5 for one in examples for _ in one.features]
    ends = np.cumsum([0, *(len(one.features) for one in examples)])
    table = csr_matrix((values, columns, ends), shape=(len(examples), DIMENSIONS))
    if len(codes) == 2:
        raise InvalidValue("training needs papers of at least three types")
    regression = LogisticRegression(C=STRENGTH, max_iter=400)
    regression.fit(table, [one.code for one in examples], sample_weight=[one.weight for one in examples])
    return _quantised(regression.coef_, regression.intercept_, list(regression.classes_), name)


def _quantised(weights: np.ndarray, biases: np.ndarray, codes: Sequence[str], name: str) -> TypeModel:
    scales = np.abs(weights).max(axis=1) / 127
    scales[scales == 0] = 1.0
    small = np.rint(weights / scales[:, None]).astype(np.int8)
    named = tuple(DocumentTypeCode(str(code)) for code in codes)
    return TypeModel(name, named, small, scales.astype(np.float64), biases.astype(np.float64), 1.0)


def _at(model: TypeModel, temperature: float) -> TypeModel:
    return TypeModel(model.name, model.codes, model.weights, model.scales, model.biases, temperature)


def _calibration_error(claimed: Sequence[float], right: Sequence[bool]) -> float:
    gap = 0.0
    for bin_ in range(10):
        inside = [i for i, p in enumerate(claimed) if min(int(p * 10), 9) == bin_]
        if inside:
            gap += abs(sum(claimed[i] for i in inside) - sum(right[i] for i in inside))
    return gap / len(claimed)
