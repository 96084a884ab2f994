"""GS1 check digits."""


def check_digit(digits: str) -> str:
    """Work out the GS1 check digit: from the right, weights 3, 1, 3, 1, …."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def with_check_digit(digits: str) -> str:
    """Append the check digit to the digits."""
    return digits + check_digit(digits)
