"""What axe finds on a page that everybody can not use."""

from tests.browser import BrowserTab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def violations(page: BrowserTab, axe: str) -> list[str]:
    before = list(page.complaints)
    await page.evaluate(f"if (!window.axe) {{ {axe} }}; null")
    found = await page.evaluate(
        f"axe.run({{runOnly: {RULES}}}).then(found => found.violations.map(each => each.id + ' '"
        "+ each.nodes.map(node => node.html.slice(0, 90) + ' ' + node.any.map(a => a.message))"
        ".join(' | ')))"
    )
    page.complaints[:] = before  # axe writes a style sheet itself, which the policy forbids
    return [str(each) for each in found]
