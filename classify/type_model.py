"""The learned model of types: one linear map from features to types, with probabilities that mean what they say.

Multinomial logistic regression (scikit-learn fits it, see classify.type_training), its logits divided by a
temperature so that of the papers called 90 % sure nine in ten are right (Guo et al. 2017). Kept as JSON with weights
of one byte: reading a model runs no code of it, and needs numpy only.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classify.type_features import DIMENSIONS
from records.errors import InvalidValue
from records.ids import DocumentTypeCode

BUILT_IN = Path(__file__).with_name("data") / "type_model.json"
FORMAT = "sohoa type model 1"
MOST_TYPES = 500


@dataclass(frozen=True, eq=False)
class TypeModel:
    """Weights (types × DIMENSIONS, as int8 with a scale for each type), biases and the temperature."""

    name: str  # as evidence names it: "built-in", "model 3"
    codes: tuple[DocumentTypeCode, ...]
    weights: NDArray[np.int8]
    scales: NDArray[np.float64]
    biases: NDArray[np.float64]
    temperature: float

    def probabilities(self, features: Sequence[int]) -> list[tuple[DocumentTypeCode, float]]:
        """Every type with its probability, the likely ones first."""
        sums = self.weights[:, list(features)].sum(axis=1, dtype=np.int64)
        logits = (sums * self.scales / max(1.0, len(features) ** 0.5) + self.biases) / self.temperature
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        return [(self.codes[index], float(shares[index])) for index in order]

    def to_json(self) -> bytes:
        """The model as it is stored."""
        document = {
            "format": FORMAT,
            "dimensions": DIMENSIONS,
            "codes": list(self.codes),
            "weights": base64.b64encode(self.weights.tobytes()).decode(),
            "scales": [round(float(value), 9) for value in self.scales],
            "biases": [round(float(value), 6) for value in self.biases],
            "temperature": round(self.temperature, 6),
        }
        return json.dumps(document, indent=1).encode()


def from_json(untrusted: bytes, name: str) -> TypeModel:
    """A stored model; raises InvalidValue when it is none, or none that this version understands."""
    try:
        document: Any = json.loads(untrusted)
        if document["format"] != FORMAT or document["dimensions"] != DIMENSIONS:
            raise InvalidValue("this model was made by another version of sohoa; train it again")
        codes = tuple(DocumentTypeCode(str(code)) for code in document["codes"][:MOST_TYPES])
        raw = np.frombuffer(base64.b64decode(document["weights"], validate=True), np.int8)
        model = TypeModel(
            name,
            codes,
            raw.reshape(len(codes), DIMENSIONS),
            np.asarray(document["scales"], np.float64),
            np.asarray(document["biases"], np.float64),
            float(document["temperature"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidValue("this is no model of types") from error
    return _checked(model)


def _checked(model: TypeModel) -> TypeModel:
    shaped = model.scales.shape == model.biases.shape == (len(model.codes),) and len(model.codes) >= 2
    finite = np.isfinite(model.scales).all() and np.isfinite(model.biases).all()
    if not (shaped and finite and 0.01 <= model.temperature <= 100):
        raise InvalidValue("this model of types is damaged")
    return model


@lru_cache(maxsize=1)
def built_in() -> TypeModel:
    """The model that the project ships with, trained on its samples."""
    return from_json(BUILT_IN.read_bytes(), "built-in")
