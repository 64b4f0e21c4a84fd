import { PAGE_TEMPLATE } from "./report-template";

/**
 * The Typst source of a 花脸稿, on the report's own pages. What is gone is struck through, what has come underlined: the
 * colours (dark enough on white, unlike in grey) only help. A bar and a word in the margin stand where something changed.
 */
export const COMPARISON_TEMPLATE = String.raw`${PAGE_TEMPLATE}
#let gone-ink = rgb("#a3392f")
#let come-ink = rgb("#123f8f")
#let gone(body) = { set text(fill: gone-ink); strike(stroke: 0.7pt + gone-ink, offset: -0.32em, extent: 0pt, body) }
#let come(body) = { set text(fill: come-ink); underline(stroke: 1pt + come-ink, offset: 0.2em, extent: 0pt, evade: false, body) }

#let run(span) = {
  let body = if span.lead { strong(laid(span.pieces)) } else { laid(span.pieces) }
  if span.change == "deleted" { gone(body) } else if span.change == "inserted" { come(body) } else { body }
}
#let runs(spans) = for span in spans { run(span) }

#let small(body) = text(font: song, size: 10.5pt, tracking: 0pt, weight: "regular", fill: black, body)
#let notes(numbers) = if numbers.len() > 0 { small("〔注" + numbers.map(str).join("、") + "〕") }
#let told(block, body) = {
  if block.move != "" { small(block.move) }
  body
  notes(block.notes)
}
// The bar stands half a character before the text, the word in the margin before it.
#let marked(block, body) = if block.sign == "" { std.block(width: 100%, body) } else {
  std.block(width: 100%, stroke: (left: 1.2pt + luma(25%)), outset: (left: 8pt), {
    place(dx: -26pt, text(font: hei, size: 9pt, tracking: 0pt, weight: "regular", block.sign))
    body
  })
}

#let sheet(table-data) = {
  let layout = table-data.layout
  set text(font: song, size: layout.size * 1pt, tracking: 0pt)
  set par(leading: layout.leading * 1pt, justify: false, first-line-indent: 0pt)
  set table.cell(breakable: layout.breakable)
  let head = if table-data.headed { (table.header(repeat: true, ..(([改],) + table-data.header.map(runs)).map(cell => { set text(font: hei); cell })),) } else { () }
  table(
    columns: layout.widths.map(width => width * 1fr),
    stroke: 0.5pt,
    inset: (x: layout.inset.x * 1pt, y: layout.inset.y * 1pt),
    align: (x, y) => (if (y > 0 or not table-data.headed) and table-data.wordy.at(x) { left } else { center }) + horizon,
    ..head,
    ..table-data.rows.map(row => {
      let shade = if row.sign == "" { none } else { luma(93%) }
      let first = { text(font: hei, row.sign); if row.notes.len() > 0 { linebreak(); text(size: 7.5pt, "注" + row.notes.map(str).join("、")) } }
      (table.cell(fill: shade, first),) + row.cells.map(cell => table.cell(
        fill: if cell.any(span => span.change != "same") { shade },
        runs(cell),
      ))
    }).flatten(),
  )
}

#std.block(width: 100%, stroke: 0.5pt, inset: 8pt, below: line, {
  set text(font: song, size: 10.5pt, tracking: 0pt)
  set par(first-line-indent: 0pt, leading: 6pt, spacing: 6pt, justify: false)
  par(text(font: hei, size: 12pt, "花脸稿　" + data.head.title))
  par({ text(font: hei, "原稿　"); text(data.head.from) })
  par({ text(font: hei, "新稿　"); text(data.head.to) })
  par({
    text(font: hei, "图例　")
    gone("删去的文字"); text("　"); come("增加的文字"); text("　〔移动1↓移至后文〕〔移动1↑移自前文〕段落移动　左侧竖线及“改、增、删、移”标出改动之处")
  })
  par({ text(font: hei, "统计　"); text(data.head.counts) })
  for asked in data.head.asked { par(text(asked)) }
})

#let lined(block) = if block.lines != none { block.lines.map(line => text(line)).join(linebreak()) } else { runs(block.spans) }

#let print(block) = {
  if block.kind == "table" {
    std.block(width: 100%, above: leading, below: leading, { if block.move != "" { small(block.move) }; sheet(block); notes(block.notes) })
  } else if block.kind == "title" {
    marked(block, {
      set text(font: faces.title, weight: "bold", size: 22pt, tracking: 0pt)
      set par(leading: 34pt - 22pt, first-line-indent: 0pt, justify: false)
      align(center, told(block, lined(block)))
    })
  } else if block.kind == "delivery" or block.kind == "speaker" {
    marked(block, { set text(font: kai); set par(first-line-indent: 0pt, justify: false); align(center, told(block, lined(block))) })
  } else if block.kind == "salutation" {
    marked(block, { set par(first-line-indent: 0pt); told(block, runs(block.spans)) })
  } else if block.kind == "heading" {
    marked(block, heading(level: block.level, bookmarked: not block.gone, told(block, runs(block.spans))))
  } else {
    marked(block, par(told(block, runs(block.spans))))
  }
}

#for block in data.blocks { print(block) }

#for annex in data.annexes {
  page(
    flipped: true,
    margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm),
    footer: none,
    foreground: sideways-number,
    {
      set par(first-line-indent: 0pt)
      std.block(sticky: true, { set text(font: hei); runs(annex.mark); notes(annex.notes) })
      show heading: it => std.block(width: 100%, sticky: true, above: leading, below: 16pt,
        if annex.lines != none { title-lines(annex.lines) } else {
          set text(font: faces.title, weight: "bold", size: 22pt, tracking: 0pt)
          align(center, runs(annex.title))
        })
      heading(level: 1, annex.name)
      sheet(annex)
    },
  )
}

#if data.notes.len() > 0 {
  heading(level: 1, "修改依据")
  set text(font: song, size: 10.5pt, tracking: 0pt)
  set par(first-line-indent: 0pt, hanging-indent: 3em, leading: 6pt, spacing: 6pt)
  for note in data.notes { par(text("注" + str(note.number) + "　" + note.text)) }
}
`;
