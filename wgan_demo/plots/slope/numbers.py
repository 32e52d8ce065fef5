"""Numbers that go over many powers of ten, as text and in a formula."""


def number(value: float) -> str:
    """Three digits that count, or all before the point: 0.707, 2,190; a power of ten for what is tiny or huge."""
    if value == 0 or 1e-4 <= abs(value) < 1e3:
        return f"{value:.3g}"
    if 1e3 <= abs(value) < 1e6:
        return f"{value:,.0f}"
    mantissa, _, power = f"{value:.1e}".partition("e")
    return f"{mantissa}·10{str(int(power)).translate(RAISED)}"


def latex(value: float) -> str:
    """The same in a formula."""
    mantissa, _, power = f"{value:.2e}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if abs(int(power)) > 2 else f"{value:.3g}"


RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
