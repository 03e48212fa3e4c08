"""Coverage: digitized ÷ required, each rate with its numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that never hides what it is made of. A denominator of 0 is "N/A", never 0 % or 100 %."""

    numerator: int
    denominator: int

    def percent(self) -> float | None:
        """Per cent with two decimals, half up; a rate below 100 never becomes 100.00.

        >>> Rate(20255, 20325).percent(), Rate(99999, 100000).percent(), Rate(0, 0).percent()
        (99.66, 99.99, None)
        """
        if self.denominator == 0:
            return None
        hundredths = (self.numerator * 20000 + self.denominator) // (2 * self.denominator)
        if self.numerator < self.denominator:
            hundredths = min(hundredths, 9999)
        return hundredths / 100

    def __str__(self) -> str:
        percent = self.percent()
        return "N/A" if percent is None else f"{percent:.2f} %"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One line of the coverage table. Counts are dossiers, unless the name says components."""

    key: str  # code of the unit, procedure, …, or the month as 2022-03
    name: str
    received: int
    resolved: int
    required: int  # resolved dossiers whose procedure gives a written result and is not certification
    digitised: int  # of required: with a filed result
    required_with_certification: int
    digitised_with_certification: int
    components_required: int
    components_digitised: int

    @property
    def rate_without_certification(self) -> Rate:
        return Rate(self.digitised, self.required)

    @property
    def rate(self) -> Rate:
        """With certification in the denominator, as the national index counts."""
        return Rate(self.digitised_with_certification, self.required_with_certification)

    @property
    def components_rate(self) -> Rate:
        return Rate(self.components_digitised, self.components_required)

    @property
    def gap(self) -> int:
        return self.required - self.digitised
