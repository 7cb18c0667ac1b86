import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known where this folder is named on the command line, as ``make golden`` does."""
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew, to be read in git diff")
