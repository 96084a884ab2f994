"""Choosing in a browser test outlasts a page that is drawn anew under its hands."""

from playwright.sync_api import Page

from tests.browsers import choose

# The first list takes no click and closes; for a moment the emptied box stands beside the old one.
REDRAWN = """
<input class="box"><input class="box" id="emptied"><div id="list"></div><p></p>
<script>
    let opened = 0
    setTimeout(() => document.getElementById('emptied').remove(), 300)
    document.addEventListener('keydown', () => {
        const list = document.getElementById('list'), isFirst = opened++ === 0
        list.innerHTML = ['Beef', 'Spice'].map(
            one => `<div role="option" onclick="document.querySelector('p').append(this.innerText)"
                style="pointer-events: ${isFirst ? 'none' : 'auto'}">${one}</div>`).join('')
        if (isFirst) setTimeout(() => list.replaceChildren(), 900)
    })
</script>
"""


def test_a_list_that_a_redraw_closed_is_opened_again_and_one_choice_taken(page: Page) -> None:
    page.set_content(REDRAWN)

    choose(page, page.locator(".box"), "Spice")

    assert page.locator("p").inner_text() == "Spice"
