"""Stories and people as tables: what ``link``, ``story``, ``who`` and ``decide`` print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.export.describe import plural, printable, shorten

if TYPE_CHECKING:
    from dragoman.link.claims import Claim
    from dragoman.link.decide import Decision
    from dragoman.link.run import Linked
    from dragoman.link.stories import Story
    from dragoman.link.who import Dossier

__all__ = ["print_decisions", "print_linked", "print_people", "print_story"]


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _text(words: str, *, style: str = "") -> Text:
    return Text(" ".join(printable(words).split()), style=style)


def print_linked(done: Linked, console: Console) -> None:
    """What linking did."""
    grid = _grid()
    grid.add_row("documents", _text(f"{done.documents:,}, of which {done.new:,} new and {done.copies:,} copies"))
    if done.gone:
        grid.add_row("superseded", _text(plural(done.gone, "reading")))
    grid.add_row("people", _text(f"{done.people:,}"))
    for kind, number in sorted(done.stories.items()):
        grid.add_row(f"{kind}s", _text(f"{number:,}, of which {done.told.get(kind, 0):,} told anew"))
    console.print(grid)


def print_story(story: Story, claims: Sequence[Claim], console: Console) -> None:
    """One story with its values and claims."""
    by_id = {claim.id: claim for claim in claims}
    console.print(_text(f"{story.kind} {story.id}: {story.state.replace('_', ' ')}", style="bold"))
    grid = _grid()
    for name, values in story.fields.items():
        for value in values:
            mark = "" if value.best else "but also: "
            grid.add_row(name, _text(f"{mark}{_shown(value.value)}  ({value.why})"))
            name = ""
    console.print(grid)
    for link in story.links:
        claim = by_id.get(link.claim)
        if claim is None:
            continue
        source = claim.source
        copy = f", copy of {source.copy_of}" if source.copy_of else ""
        head = f"{link.claim}  {source.published or 'no date'}  {source.publisher or ''}  {source.document}{copy}"
        console.print(_text(head, style="cyan"))
        console.print(_text(f"  “{shorten(claim.record.evidence[0].text, limit=160)}”"))
        console.print(_text(f"  {link.reason.text} ({link.reason.score:.2f}, by {link.reason.by})", style="dim"))


def _shown(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    beside = [str(value[key]) for key in ("office", "country") if value.get(key)]
    return f"{value.get('name', '')}" + (f", {', '.join(beside)}" if beside else "")


def print_people(found: Sequence[Dossier], by_post: Mapping[str, Any] | None, console: Console) -> None:
    """Who somebody is; for a post, first of all what says who holds it."""
    if by_post is not None:
        qid = f" ({by_post['qid']})" if by_post["qid"] else ""
        console.print(_text(f"{by_post['name']}{qid}", style="bold"))
        console.print(_text(f"by: {by_post['by']}"))
    for item in found:
        _print_person(item, console)


def _print_person(item: Dossier, console: Console) -> None:
    person = item.person
    head = " · ".join(part for part in (person.name, person.country, person.qid, person.id) if part)
    console.print(_text(head, style="bold"))
    grid = _grid()
    grid.add_row("documents", _text(f"{person.documents:,}, {person.first_seen} to {person.last_seen}"))
    written = ", ".join(f"{spelling.name} {spelling.documents:,}" for spelling in item.spellings[:12])
    grid.add_row("written", _text(written))
    label = "posts"
    for post in item.posts[:8]:
        where = f" ({post.country})" if post.country else ""
        seen = f"{post.first} {post.first_document}" + (
            f" to {post.last} {post.last_document}" if post.documents > 1 else ""
        )
        grid.add_row(label, _text(f"{post.office}{where}: {plural(post.documents, 'document')}, {seen}"))
        label = ""
    label = "lists"
    for spell in item.spells:
        role = spell.role.replace("_", " ")
        span = f"{spell.start or '?'} to {spell.end or 'now'}"
        grid.add_row(label, _text(f"{role} of {spell.country}, {span} ({spell.source})"))
        label = ""
    if item.met:
        grid.add_row("met", _text(", ".join(f"{name} {number:,}" for name, number in item.met[:10])))
    console.print(grid)


def print_decisions(made: Sequence[Decision], console: Console) -> None:
    """Decisions, a line each."""
    for item in made:
        about = f"decision {item.undoes}" if item.undoes else _subject(item.subject)
        note = f"  “{item.note}”" if item.note else ""
        console.print(_text(f"{item.key}  {item.made}  {item.who}  {item.action} {about}{note}"), soft_wrap=True)


def _subject(subject: Mapping[str, Any]) -> str:
    if "one" in subject:
        return f"{subject['one']} / {subject['other']}"
    return f"{' '.join(subject['these'])} / {' '.join(subject['those'])}"
