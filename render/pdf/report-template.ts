/**
 * The Typst source of the printed report. It is a constant and not a file, so that every bundler carries it along. The
 * document comes in as JSON data (see `page-data.ts`): no text of anybody's is ever read as markup. The families come in
 * beside it (see `compiler.ts`). Measures are GB/T 9704-2012: 22 lines of 28 characters of 三号 (16 pt) in 156 × 225 mm.
 */
export const PAGE_TEMPLATE = String.raw`
#let data = json(bytes(sys.inputs.document))
#let faces = json(bytes(sys.inputs.faces))

#let song = faces.song
#let hei = faces.hei
#let kai = faces.kai
// Fandol Fang's figures are a bold sans that jumps out of the text; Song's are of its weight.
#let fang = ((name: song.first(), covers: regex("[ -~]")), ..faces.fang)

// 28 characters in 156 mm are 15.79 pt each: 16 pt type set tighter, in the 27 gaps of a line. 22 lines in 225 mm are
// 28.99 pt each.
#let cell = 15.79pt
#let line = 28.99pt
#let leading = line - 16pt

#let page-number(n) = text(font: song, weight: "regular", size: 14pt, tracking: 0pt, top-edge: "cap-height", bottom-edge: "baseline", "— " + str(n) + " —")

#set document(title: data.title, date: auto)
#set page(
  paper: "a4",
  margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  header: if data.draft != "" {
    set par(first-line-indent: 0pt)
    align(center, text(font: song, size: 10.5pt, tracking: 0pt, fill: luma(35%), data.draft))
  },
  // The dashes stand 7 mm below the text area: they are 4.4 pt above the baseline, 6.8 pt below the capitals' height.
  footer-descent: 7mm - 6.8pt,
  footer: context {
    let n = counter(page).get().first()
    set par(first-line-indent: 0pt)
    if calc.odd(n) { align(right, pad(right: 14pt, page-number(n))) } else { align(left, pad(left: 14pt, page-number(n))) }
  },
)
// Every page is filled to its 22 lines, as offices have it: no line is held back to keep a paragraph's lines together.
#set text(
  lang: "zh", region: "cn", font: fang, size: 16pt, tracking: -0.22pt, fallback: false,
  top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none, hyphenate: false, overhang: false, costs: (orphan: 0%, widow: 0%),
)
#set par(justify: true, linebreaks: "simple", leading: leading, spacing: leading, first-line-indent: (amount: 2 * cell, all: true))
#set block(spacing: leading)

#show heading: set text(size: 16pt, weight: "regular")
#show heading: it => block(sticky: true, above: leading, below: leading, h(2 * cell) + it.body)
#show heading.where(level: 1): set text(font: hei)
#show heading.where(level: 2): set text(font: kai)
// Fandol Fang has no bold, and a smeared one is no face: run-in leads are set in 黑体.
#set strong(delta: 0)
#show strong: set text(font: hei)

// A kept piece is one thing to the line breaker; after a loose one it may break, at a gap that
// nobody sees (one of no width would be none).
#let laid(pieces) = for piece in pieces {
  if type(piece) == str { text(piece) } else if "kept" in piece { box(baseline: 0.12em, text(piece.text)) } else { text(piece.text) + h(0.01pt) }
}
#let words(spans) = for span in spans { if span.lead { strong(laid(span.pieces)) } else { laid(span.pieces) } }
#let centred(lines) = {
  set par(first-line-indent: 0pt, justify: false)
  align(center, par(lines.map(line => text(line)).join(linebreak())))
}

#let title-lines(lines) = {
  set text(font: faces.title, weight: "bold", size: 22pt, tracking: 0pt)
  set par(leading: 34pt - 22pt)
  centred(lines)
}

#let celled(cell) = if "lines" in cell { cell.lines.map(line => text(line)).join(linebreak()) } else { laid(cell.pieces) }

#let ruled(sheet, headed) = {
  let layout = sheet.layout
  set text(font: song, size: layout.size * 1pt, tracking: 0pt)
  set par(leading: layout.leading * 1pt, justify: false, first-line-indent: 0pt)
  set table.cell(breakable: layout.breakable)
  table(
    columns: layout.widths.map(width => width * 1fr),
    stroke: 0.5pt,
    inset: (x: layout.inset.x * 1pt, y: layout.inset.y * 1pt),
    align: (x, y) => (if (y > 0 or not headed) and sheet.wordy.at(x) { left } else { center }) + horizon,
    ..if headed { (table.header(repeat: true, ..layout.header.map(lines => { set text(font: hei); lines.map(line => text(line)).join(linebreak()) })),) },
    ..sheet.cells.map(cell => if cell.rows > 1 { table.cell(rowspan: cell.rows, celled(cell)) } else { celled(cell) }),
  )
}

// A landscape sheet is bound with the others, so its number stays where theirs are: at the portrait sheet's foot, which
// is the landscape sheet's left edge, odd pages right (here below), even pages left (here above).
#let sideways-number = context {
  let n = counter(page).get().first()
  let number = rotate(90deg, reflow: true, page-number(n))
  if calc.odd(n) { place(bottom + left, dx: 28mm - 4.4pt, dy: -26mm - 14pt, number) } else { place(top + left, dx: 28mm - 4.4pt, dy: 28mm + 14pt, number) }
}
`;

/** A report on such pages; a comparison (comparison-template.ts) stands on them too. */
export const REPORT_TEMPLATE = String.raw`${PAGE_TEMPLATE}
#let under-title = if data.edition != none { data.edition.underTitle }

#let print(block) = {
  if block.kind == "title" {
    std.block(width: 100%, below: line, {
      title-lines(block.lines)
      if under-title != none { std.block(width: 100%, above: leading, { set text(font: kai); centred((under-title,)) }) }
    })
  } else if block.kind == "delivery" or block.kind == "speaker" {
    std.block(width: 100%, { set text(font: kai); centred(block.lines) })
  } else if block.kind == "salutation" {
    std.block(above: leading + line, { set par(first-line-indent: 0pt); par(words(block.spans)) })
  } else if block.kind == "heading" {
    heading(level: block.level, laid(block.pieces))
  } else if block.kind == "table" {
    std.block(width: 100%, above: leading, below: leading, ruled(block, block.headed))
  } else {
    par({ text(block.mark); words(block.spans) })
  }
}

#for block in data.blocks { print(block) }

#if data.annexes.len() > 0 {
  std.block(above: leading + line, {
    set par(justify: false, hanging-indent: 5 * cell)
    par({
      text("附件：")
      data.annexes.map(annex => text(annex.name)).join(linebreak())
    })
  })
}

// What the edition says of itself stands at the foot of the last page, or of one more when that is full.
#let edition-foot(edition) = {
  set text(font: song, size: 9pt, tracking: 0pt)
  set par(first-line-indent: 0pt, leading: 4.5pt, spacing: 4.5pt, justify: false)
  // A long notice flows before the foot and may go over pages; a short one is part of it.
  let is-long = edition.correction != none and edition.correction.len() > 900
  if is-long { std.block(above: line, par(text(edition.correction))) }
  place(bottom, float: true, clearance: 12pt, std.block(width: 100%, breakable: false, {
    std.line(length: 100%, stroke: 0.5pt)
    v(8pt, weak: true)
    grid(
      columns: (auto, 1fr), column-gutter: 12pt, align: (left + top, left + horizon),
      image(bytes(edition.qr), format: "svg", width: 18mm, alt: edition.alt),
      {
        par(text(font: hei, size: 10.5pt, edition.head))
        for entry in edition.lines { par(text(entry)) }
        if edition.correction != none and not is-long { par(text(edition.correction)) }
      },
    )
  }))
}

#for (index, annex) in data.annexes.enumerate() {
  page(
    flipped: true,
    margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm),
    footer: none,
    // No part of the text: a reader's voice would say it amid the table.
    foreground: pdf.artifact(kind: "page", sideways-number),
    {
      set par(first-line-indent: 0pt)
      show heading: it => std.block(width: 100%, sticky: true, above: leading + line, below: 16pt, title-lines(annex.lines))
      std.block(sticky: true, par(text(font: hei, annex.label)))
      heading(level: 1, annex.title)
      ruled(annex, true)
      if data.edition != none and index == data.annexes.len() - 1 { edition-foot(data.edition) }
    },
  )
}

#if data.edition != none and data.annexes.len() == 0 { edition-foot(data.edition) }
`;
