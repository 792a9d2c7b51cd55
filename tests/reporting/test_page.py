"""The report's page can be read on a wide screen and on a phone: seen in a real browser."""

import pytest

from lambdas.reporting.report import handler
from tests.reporting import conftest as story

SIZES = {"desktop": (1280, 900), "phone": (360, 740)}


def html_of(house, tmp_path):
    story.finished(house)
    answer = handler(house.event)
    path = tmp_path / "report.html"
    path.write_bytes(house.s3.get_object(Bucket="evidence", Key=answer["report_key"])["Body"].read())
    return path


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(house, tmp_path, browser, size):
    """On a desktop and on a phone of 360 pixels nobody has to scroll sideways, however long an ARN is."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(html_of(house, tmp_path).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").inner_text() == story.INCIDENT_ID
    page.close()


def test_the_page_asks_for_nothing(house, tmp_path, browser):
    """Opening the report makes no request but for the file itself, and runs no script."""
    page = browser.new_page()
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    path = html_of(house, tmp_path)
    page.goto(path.as_uri())
    assert requested == [path.as_uri()]
    page.close()
