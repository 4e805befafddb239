"""A comparison of the app as the report that `pingan report` writes of a folder."""

from pingan_abm.files.provenance import model_version
from pingan_abm.report.comparison import comparison_page
from pingan_abm.report.sources import Compared, Made
from pingan_abm.web.visitor.comparison import Found


def report_page(found: Found, language: str) -> str:
    """The page as text."""
    made = Made(model_version(), found.arms[0].spec.seed)
    return comparison_page(
        Compared(found.arms, found.replications, found.comparisons, made, found.series, len(found.failed)), language
    )
