"""The screens: server-rendered frames in Vietnamese with an English switch, filled by plain ES modules from the API.

How a screen is added (one name, five small files, nothing to register):

| file | holds |
|---|---|
| `web/screens/<name>.py` | `SCREEN = Screen(name, paths, roles, …)`: addresses, roles, place in the menu |
| `web/texts/<name>.py` | `TEXTS: dict[str, tuple[str, str]]`, (Vietnamese, English); `title`, and `menu` if shorter |
| `web/templates/<name>.html` | `{% extends "base.html" %}` and a `main` block: labels, forms, empty containers |
| `web/static/<name>.js` | the ES module that fills them; loaded by itself, as is `<name>.css` where there is one |
| `tests/web/test_<name>.py` | what a person can do there, in a real browser, and no violation found by axe |

Rules. `web` knows no data: a page holds texts, the viewer and parameters of its path; its module asks `/api/…` with
the rights of who is signed in. Nothing inline: the content security policy allows neither scripts nor styles in the
page (`element.style` set by a module is allowed). Every word comes from the texts; groups that several screens need
(`fields`, `reasons`, `states`) are named in `Screen.texts`. Modules of the frame: `page.js` (texts, viewer, path),
`early.js` (keeps what a quick hand does before the modules run), `api.js` (calls, problems, signing in again in
place), `dom.js` (elements, dates, numbers), `states.js` (slow, empty, failed, long lists), `say.js` (messages, with
undo), `catalogue.js` (names of units, types, procedures), `combobox.js` (choose by a few letters without tone marks).
Colours, sizes and the focus ring are the tokens at the top of `static/base.css`; a screen's own style uses only these.
"""
