/**
 * The Typst source of the printed report. It is a constant and not a file, so that every bundler carries it along. The
 * document comes in as JSON data (see `page-data.ts`): no text of anybody's is ever read as markup.
 * Measures are GB/T 9704-2012: 22 lines of 28 characters of 三号 (16 pt) in 156 × 225 mm.
 */
export const REPORT_TEMPLATE = String.raw`
#let data = json(bytes(sys.inputs.document))

#let song = ("FandolSong", "Noto Serif SC")
#let hei = ("FandolHei", "Noto Serif SC")
#let kai = ("FandolKai", "Noto Serif SC")
// Fandol Fang's figures are a bold sans that jumps out of the text; Song's are of its weight.
#let fang = ((name: "FandolSong", covers: regex("[ -~]")), "FandolFang R", "Noto Serif SC")

// 28 characters in 156 mm are 15.79 pt each: 16 pt type set tighter, in the 27 gaps of a line. 22 lines in 225 mm are
// 28.99 pt each.
#let cell = 15.79pt
#let leading = 28.99pt - 16pt

#let page-number(n) = text(font: song, weight: "regular", size: 14pt, tracking: 0pt, top-edge: "cap-height", bottom-edge: "baseline", "— " + str(n) + " —")

#set document(title: data.title, date: auto)
#set page(
  paper: "a4",
  margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  // The dashes stand 7 mm below the text area: half of the figures' height above that line.
  footer-descent: 7mm - 5pt,
  footer: context {
    let n = counter(page).get().first()
    set par(first-line-indent: 0pt)
    if calc.odd(n) { align(right, pad(right: 14pt, page-number(n))) } else { align(left, pad(left: 14pt, page-number(n))) }
  },
)
#set text(
  lang: "zh", region: "cn", font: fang, size: 16pt, tracking: -0.22pt, fallback: false,
  top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none, hyphenate: false,
)
#set par(justify: true, linebreaks: "simple", leading: leading, spacing: leading, first-line-indent: (amount: 2 * cell, all: true))
#set block(spacing: leading)

#show heading: set text(size: 16pt, weight: "regular")
#show heading: it => block(sticky: true, above: leading, below: leading, par(it.body))
#show heading.where(level: 1): set text(font: hei)
#show heading.where(level: 2): set text(font: kai)
// Fandol Fang has no bold, and a smeared one is no face: run-in leads are set in 黑体.
#set strong(delta: 0)
#show strong: set text(font: hei)

#let words(spans) = for span in spans { if span.lead { strong(span.text) } else { text(span.text) } }
#let centred(lines) = {
  set par(first-line-indent: 0pt, justify: false)
  align(center, lines.map(line => text(line)).join(linebreak()))
}

#let title-lines(lines) = {
  set text(font: song, weight: "bold", size: 22pt, tracking: 0pt)
  set par(leading: 34pt - 22pt)
  centred(lines)
}

#let ruled(sheet, headed) = {
  let layout = sheet.layout
  set text(font: song, size: layout.size * 1pt, tracking: 0pt)
  set par(leading: layout.leading * 1pt, justify: false)
  show table.cell: set std.block(breakable: layout.breakable)
  table(
    columns: layout.widths.map(width => width * 1fr),
    stroke: 0.5pt,
    inset: (x: layout.inset.x * 1pt, y: layout.inset.y * 1pt),
    align: (x, y) => (if (y > 0 or not headed) and sheet.wordy.at(x) { left } else { center }) + horizon,
    ..if headed { (table.header(repeat: true, ..layout.header.map(lines => { set text(font: hei); lines.map(line => text(line)).join(linebreak()) })),) },
    ..sheet.rows.flatten().map(cell => text(cell)),
  )
}

#let print(block) = {
  if block.kind == "title" {
    std.block(width: 100%, below: 28.99pt, title-lines(block.lines))
  } else if block.kind == "delivery" or block.kind == "speaker" {
    std.block(width: 100%, { set text(font: kai); centred(block.lines) })
  } else if block.kind == "salutation" {
    std.block(above: leading + 28.99pt, { set par(first-line-indent: 0pt); words(block.spans) })
  } else if block.kind == "heading" {
    heading(level: block.level, block.text)
  } else if block.kind == "table" {
    std.block(width: 100%, above: leading, below: leading, { set par(first-line-indent: 0pt); ruled(block, block.headed) })
  } else {
    par({ text(block.mark); words(block.spans) })
  }
}

#for block in data.blocks { print(block) }

#if data.annexes.len() > 0 {
  std.block(above: leading + 28.99pt, {
    set par(justify: false, hanging-indent: 5 * cell)
    par({
      text("附件：")
      data.annexes.map(annex => text(annex.name)).join(linebreak())
    })
  })
}

// A landscape sheet is bound with the others, so its number stays where theirs are: at the portrait sheet's foot, which
// is the landscape sheet's left edge, odd pages right (here below), even pages left (here above).
#let sideways-number = context {
  let n = counter(page).get().first()
  let number = rotate(90deg, reflow: true, page-number(n))
  if calc.odd(n) { place(bottom + left, dx: 28mm - 5pt, dy: -26mm - 14pt, number) } else { place(top + left, dx: 28mm - 5pt, dy: 28mm + 14pt, number) }
}

#for annex in data.annexes {
  page(
    flipped: true,
    margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm),
    footer: none,
    foreground: sideways-number,
    {
      set par(first-line-indent: 0pt)
      show heading: it => std.block(width: 100%, sticky: true, above: leading + 28.99pt, below: 16pt, title-lines(annex.lines))
      std.block(sticky: true, text(font: hei, annex.label))
      heading(level: 1, annex.title)
      ruled(annex, true)
    },
  )
}
`;

/** Names every family that the template uses, so that the compiler warns of one that it does not know. */
export const FONT_TRIAL = `#set text(font: ("FandolSong", "FandolFang R", "FandolHei", "FandolKai", "Noto Serif SC"))`;
