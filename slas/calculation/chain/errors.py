"""What cannot be checked against its chain: what is wrong, and what to do."""

from slas.calculation.errors import CalculationError


class EmptyPath(CalculationError):
    """A path has steps, and somebody in each of them."""

    def __init__(self, promise: str) -> None:
        super().__init__(f"Nothing stands under “{promise}”, or a step has nobody. Name who does each step.")


class OtherWorkingDays(CalculationError):
    """Along a path working days end with the hours of the last of them, as in promises about cases."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” counts working days by another rule. Count them to the end of hours.")
