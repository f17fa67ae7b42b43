"""What a sheet says as paragraphs and tables of Word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from xml.etree.ElementTree import Element

from reports.documents.printouts import (
    Align,
    Blank,
    Block,
    Boxes,
    Column,
    Facts,
    Grid,
    HeadCell,
    Heading,
    Letterhead,
    Line,
    Sheet,
    Signing,
    Together,
)
from reports.documents.signing import SignaturePlace
from reports.documents.word.markup import (
    cell,
    in_one,
    leader,
    lines,
    mm,
    paragraph,
    points,
    row,
    run,
    table,
)
from reports.documents.word.styles import OF_LEVEL, OF_LOOK

ISSUER_MM, PARTY_MM = 76, 83  # the name of the party does not break
BESIDE_STATE_MM, STATE_MM = 73, 90  # nor does that of the State
SIGNATURE_MM = 78
WIDEST_COLUMN_MM = 90  # more room than this stands between the columns
FACTS_MM = 66
BELOW_HEAD = 28  # points, where no title brings them
ABOVE_SIGNING_MM = {False: 8, True: 2}  # by whether it is tight
ROOM_TO_SIGN_MM = {False: 26, True: 13}
NAME_MM = 7  # what an empty line takes of that room
HEAD_FILL = "EEEEEE"
BOXES = {True: "☒", False: "☐"}
ALIGNS = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}
NO_BREAK = "\N{NO-BREAK SPACE}"
GLOSS = "PartyGloss"


def sheet_blocks(sheet: Sheet, width: int) -> Iterator[Element]:
    """Give a sheet from its head to its last block."""
    yield from _letterhead(sheet.letterhead, width)
    if sheet.heading:
        yield from _title(sheet)
    else:
        yield gap(BELOW_HEAD)
    yield from _blocks(sheet.blocks, width, stays=False)


def _title(sheet: Sheet) -> Iterator[Element]:
    title = run("\n".join(map(in_one, sheet.heading)))
    yield paragraph("Title", title, *_gloss(f"\n{sheet.gloss}" if sheet.gloss else ""))
    if sheet.below:
        yield _line(sheet.below, stays=True)
    yield paragraph("PartyDashes", run(sheet.dashes))


def _blocks(blocks: Sequence[Block], width: int, *, stays: bool) -> Iterator[Element]:
    """Give blocks; what stands right before the signatures stays with them."""
    for block, after in zip_longest(blocks, blocks[1:]):
        is_held = stays or isinstance(after, Signing)
        match block:
            case Together():
                yield from _blocks(block.blocks, width, stays=True)
            case Grid() | Facts() | Signing():
                yield from _table(block, width, stays=is_held)
            case Blank():
                yield from _blank(block, stays=is_held)
            case Line() | Heading() | Boxes():
                yield _text(block, stays=is_held)


def _text(block: Line | Heading | Boxes, *, stays: bool) -> Element:
    match block:
        case Line():
            return _line(block, stays=stays)
        case Heading():
            return _heading(block)
        case Boxes():
            return _boxes(block, stays=stays)


def _table(
    block: Grid | Facts | Signing, width: int, *, stays: bool
) -> Iterator[Element]:
    match block:
        case Grid():
            return _grid(block, width, stays=stays)
        case Facts():
            return _facts(block, width, stays=stays)
        case Signing():
            return _signing(block, width)


def _line(line: Line, *, stays: bool) -> Element:
    lead = [run(f"{in_one(line.lead)} ", is_strong=True)] if line.lead else []
    text = run(in_one(line.text))
    return paragraph(OF_LOOK[line.look], *lead, text, stays=stays)


def _heading(heading: Heading) -> Element:
    return paragraph(
        OF_LEVEL[heading.level],
        run(in_one(heading.text)),
        *_gloss(f" {heading.gloss}" if heading.gloss else ""),
        on_new_page=heading.on_new_page,
        before="0" if heading.on_new_page else "",
    )


def _gloss(text: str) -> list[Element]:
    return [run(text, style=GLOSS)] if text else []


def _boxes(boxes: Boxes, *, stays: bool) -> Element:
    runs = [
        run(in_one(boxes.heading), is_italic=True),
        *_gloss(f" {boxes.gloss}" if boxes.gloss else ""),
    ]
    for label, is_ticked in boxes.choices:
        words = in_one(label).replace(" ", NO_BREAK)
        runs += [
            run("  "),
            run(BOXES[is_ticked], style="PartyBox"),
            run(f"{NO_BREAK}{words}"),
        ]
    return paragraph("BodyText", *runs, stays=stays, align="left")


def _blank(blank: Blank, *, stays: bool) -> Iterator[Element]:
    """Give lines to write on, each a stop of the tabulator with its dots."""
    label = [run(in_one(blank.label))] if blank.label else []
    meaning = _gloss(f" {blank.gloss}" if blank.gloss else "")
    yield paragraph("PartyBlank", *label, *meaning, leader(), stays=stays)
    for _line in blank.below:
        yield paragraph("PartyBlank", leader(), stays=stays)


def _letterhead(head: Letterhead, width: int) -> Iterator[Element]:
    right = list(_under(head))
    if not head.issuer:
        yield from right
        return
    issuing = [
        *([_centred(head.superior)] if head.superior else []),
        _centred(head.issuer, is_strong=True),
        _centred("*"),
        *([_centred(head.number)] if head.number else []),
        *([paragraph("PartyAbout", run(in_one(head.about)))] if head.about else []),
    ]
    sides = (BESIDE_STATE_MM, STATE_MM) if head.is_of_state else (ISSUER_MM, PARTY_MM)
    yield _columns(sides, width, (issuing, right))


def _under(head: Letterhead) -> Iterator[Element]:
    """Give what stands at the right: in whose name, place and date."""
    *lines_above, last = head.under
    for line in lines_above:
        yield paragraph("PartyLetterhead", run(line, style="PartyState"))
    style = "PartyMotto" if head.is_of_state else "PartyName"
    yield paragraph("PartyLetterhead", run(last, style=style))
    if head.under_gloss:
        yield paragraph("PartyLetterhead", *_gloss(head.under_gloss))
    if head.dated:
        yield paragraph("Date", run(in_one(head.dated)))


def _centred(text: str, *, is_strong: bool = False) -> Element:
    return paragraph("PartyLetterhead", run(in_one(text), is_strong=is_strong))


def _columns(
    sides: tuple[int, int], width: int, contents: tuple[list[Element], list[Element]]
) -> Element:
    """Return two columns without lines, which no page break parts."""
    left, right = sides
    widths, inside = [left, width - left], list(contents)
    if width - left > WIDEST_COLUMN_MM:
        widths = [left, width - left - right, right]
        inside.insert(1, [paragraph("PartyLetterhead")])
    inner = [mm(each) for each in widths]
    cells = (cell(*each) for each in zip(inner, inside, strict=True))
    return table("PartyColumns", inner, [row(cells)])


def _grid(grid: Grid, width: int, *, stays: bool) -> Iterator[Element]:
    if grid.title:
        yield paragraph("Caption", run(in_one(grid.title)))
    widths = _widths(grid, width)
    heads = _heads(grid, [float(each) for each in widths])
    height = mm(grid.row_height) if grid.row_height else ""
    last = len(grid.rows) - 1
    rows = [
        _row(
            cells,
            widths,
            height=height,
            style=_style(grid, "Text"),
            stays=at == last and (stays or bool(grid.total)),
        )
        for at, cells in enumerate(grid.cells)
    ]
    if grid.total:
        style = _style(grid, "Text")
        rows.append(
            _row(grid.total_cells, widths, style=style, stays=stays, is_strong=True)
        )
    yield table("TableGrid", widths, [*heads, *rows])
    yield gap(6, stays=stays)


def _style(grid: Grid, of: str) -> str:
    return f"TableSmall{of}" if grid.is_small else f"Table{of}"


def _heads(grid: Grid, widths: Sequence[float]) -> Iterator[Element]:
    """Give the rows of heads, which come again on every page, and of their numbers."""
    held: list[HeadCell] = []  # what goes on from above, with how many rows are left
    style = _style(grid, "Head")
    for heads in grid.heads:
        texts = {each.at: each.text for each in heads}
        cells = sorted([*heads, *held], key=lambda each: each.at)
        yield row(
            (_head(each, texts.get(each.at), widths, style) for each in cells),
            is_head=True,
        )
        held = [replace(each, rows=each.rows - 1) for each in cells if each.rows > 1]
    if grid.numbers:
        yield row(
            (
                _head(HeadCell(text, at), text, widths, style)
                for at, text in enumerate(grid.numbers)
            ),
            is_head=True,
        )


def _head(
    head: HeadCell, text: str | None, widths: Sequence[float], style: str
) -> Element:
    """Return one head; without a text it goes on from the row above."""
    width = sum(widths[head.at : head.at + head.columns])
    merge = "restart" if head.rows > 1 else ""
    return cell(
        str(round(width)),
        [paragraph(style, *([] if text is None else [run(in_one(text))]))],
        fill=HEAD_FILL,
        is_head=True,
        columns=head.columns,
        merge="continue" if text is None else merge,
    )


def _row(
    cells: Sequence[tuple[Column, str]],
    widths: Sequence[str],
    *,
    style: str,
    height: str = "",
    stays: bool = False,
    is_strong: bool = False,
) -> Element:
    return row(
        (
            cell(
                inner,
                [
                    paragraph(
                        style,
                        run("\n".join(lines(text)), is_strong=is_strong),
                        stays=stays,
                        align=ALIGNS[column.align],
                    )
                ],
                fill=HEAD_FILL if is_strong else "",
            )
            for inner, (column, text) in zip(widths, cells, strict=True)
        ),
        height=height,
    )


def _widths(grid: Grid, width: int) -> list[str]:
    """Return the widths of columns; those without one share what is left."""
    open_ones = [column for column in grid.columns if column.width is None]
    left = width - sum(column.width or 0 for column in grid.columns)
    share = left / len(open_ones) if open_ones else 0
    return [mm(column.width or share) for column in grid.columns]


def _facts(facts: Facts, width: int, *, stays: bool) -> Iterator[Element]:
    widths = [mm(FACTS_MM), mm(width - FACTS_MM)]
    last = len(facts.pairs) - 1
    yield table(
        "PartyColumns",
        widths,
        (
            row(
                (
                    cell(
                        inner,
                        [paragraph(style, run(words), stays=stays and at == last)],
                    )
                    for inner, style, words in zip(
                        widths,
                        ("PartyFact", "BodyText2"),
                        (in_one(label), "\n".join(lines(text))),
                        strict=True,
                    )
                )
            )
            for at, (label, text) in enumerate(facts.pairs)
        ),
    )
    yield gap(6, stays=stays)


def _signing(signing: Signing, width: int) -> Iterator[Element]:
    *first, last = signing.places
    left = list(_place(first[0], signing)) if first else list(_recipients(signing))
    right = list(_place(last, signing))
    yield gap(0, stays=True)
    yield _columns((SIGNATURE_MM, SIGNATURE_MM), width, (left, right))


def _place(place: SignaturePlace, signing: Signing) -> Iterator[Element]:
    before = mm(ABOVE_SIGNING_MM[signing.is_tight])
    room = ROOM_TO_SIGN_MM[signing.is_tight]
    if place.dated:
        dated = run(in_one(place.dated), is_italic=True)
        yield paragraph("Signature", dated, before=before, stays=True)
        before = ""
    words = run(in_one(place.words), is_strong=True)
    yield paragraph("Signature", words, before=before, stays=True)
    if place.post:
        yield paragraph("Signature", run(in_one(place.post)), stays=True)
    if place.note:
        yield paragraph("PartyNote", run(in_one(place.note)), stays=True)
    if place.gloss:
        yield paragraph("Signature", *_gloss(place.gloss), stays=True)
    name = run(in_one(place.name), is_strong=True)
    above = room if place.name else room - NAME_MM
    yield paragraph("Signature", name, before=mm(above))


def _recipients(signing: Signing) -> Iterator[Element]:
    if not signing.recipients:
        yield paragraph("PartyRecipients")
        return
    word = run(signing.recipients_word, is_underlined=True)
    gloss = f" {signing.recipients_gloss}" if signing.recipients_gloss else ""
    above = mm(ABOVE_SIGNING_MM[signing.is_tight])
    yield paragraph("PartyRecipients", word, *_gloss(gloss), before=above)
    for recipient in signing.recipients:
        yield paragraph("PartyRecipients", run(in_one(recipient)))


def gap(
    before: float, *, stays: bool = False, section: Element | None = None
) -> Element:
    """Return a paragraph of next to no height: tables that touch become one."""
    return paragraph("PartyGap", before=points(before), stays=stays, section=section)
