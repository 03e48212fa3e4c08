"""A seeded generator of synthetic Vietnamese office papers with ground truth, for demo, tests, training and benchmarks."""

from samples.batch import SampleBatch, SampleFile, make_batch
from samples.documents import Document, kinds, make_document
from samples.dossiers import make_dossiers

__all__ = ["Document", "SampleBatch", "SampleFile", "kinds", "make_batch", "make_document", "make_dossiers"]
