"""Rules and learned model heard together; "unknown" is an answer too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from records.ids import DocumentTypeCode
from records.record import UNKNOWN_TYPE, Classification, Evidence

ALONE = 0.85  # a probability at which the model's type stands where the rules found none
DISSENT = 0.9  # … at which it casts doubt on a type that the rules found
GUESS, CERTAIN = 0.7, 0.95  # rules this weak give way to a model this sure
TRUST = 0.8  # how much of its probability counts beside the rules
BELIEVED = 0.84  # the most that the model alone may claim: a person still looks
SHOWN = 0.05

Votes = Sequence[tuple[DocumentTypeCode, float]]


def weighed(by_rules: Classification, by_model: Votes, name: str) -> Classification:
    """The classification with the model's say in it; `by_model` in falling order, `name` as evidence shows it."""
    if not by_model:
        return by_rules
    best, probability = by_model[0]
    evidence = (*by_rules.evidence, Evidence(f"type_model:{name}:{best}:{probability:.2f}"))
    if by_rules.document_type == best:
        doubt = (1 - by_rules.confidence) * (1 - TRUST * probability)
        return replace(by_rules, confidence=round(1 - doubt, 3), evidence=evidence)
    guessed = by_rules.confidence < GUESS and probability >= CERTAIN
    if by_rules.document_type == UNKNOWN_TYPE:
        return _unknown_to_rules(replace(by_rules, evidence=evidence), best, probability)
    if guessed:
        claimed = round(min(BELIEVED, TRUST * probability), 3)
        others = _with(by_rules.alternatives, by_rules.document_type, by_rules.confidence)
        return replace(
            by_rules, document_type=best, confidence=claimed, alternatives=others, evidence=evidence
        )
    if probability < DISSENT:
        return replace(by_rules, evidence=evidence)
    known = dict(by_model).get(by_rules.document_type)
    if known is None:
        return replace(by_rules, evidence=evidence)  # a type that the model has never seen
    others = _with(by_rules.alternatives, best, round(probability * (1 - by_rules.confidence), 3))
    doubted = round(by_rules.confidence * (1 - 0.12 * probability), 3)
    return replace(by_rules, confidence=doubted, alternatives=others, evidence=evidence)


def _unknown_to_rules(found: Classification, best: DocumentTypeCode, probability: float) -> Classification:
    """A paper whose title says nothing to the rules: the model's type, if it is sure enough to be asked about."""
    titled = any(one.rule == "title" for one in found.evidence)
    if best == UNKNOWN_TYPE or titled or probability < ALONE:
        shown = (
            ((best, round(probability * TRUST, 3)),) if best != UNKNOWN_TYPE and probability > SHOWN else ()
        )
        return replace(found, alternatives=shown or found.alternatives)
    claimed = round(min(BELIEVED, TRUST * probability), 3)
    return replace(found, document_type=best, confidence=claimed)


def _with(
    alternatives: tuple[tuple[DocumentTypeCode, float], ...], code: DocumentTypeCode, score: float
) -> tuple[tuple[DocumentTypeCode, float], ...]:
    """The alternatives with one more, each type once, the likely ones first."""
    scores = {code: score}
    for other, value in alternatives:
        scores[other] = max(value, scores.get(other, 0.0))
    return tuple(sorted(scores.items(), key=lambda one: -one[1]))[:4]
