import type { FiguresComparison } from "../../../../../domain/import/compare-figures";
import { LinkButton } from "../../../../../ui/button";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../ui/table";
import { fill } from "../../../../fill";
import type { ImportWords } from "./preview";

type Props = { slug: string; figures: FiguresComparison; words: ImportWords };

/** The annex is compiled from the indicators: what the file's table says otherwise is told, and goes another way. */
export function FiguresCompared({ slug, figures, words }: Props) {
  const { differences, same, waiting, unknown, absent } = figures;
  const rest = [
    [words.figuresWaiting, waiting],
    [words.figuresUnknown, unknown],
    [words.figuresAbsent, absent],
  ] as const;
  return (
    <section aria-label={words.figures} className="flex flex-col gap-2 border border-line bg-white px-4 py-3">
      <h2 className="font-semibold">{words.figures}</h2>
      <p>
        {differences.length === 0
          ? fill(words.figuresSame, { same })
          : fill(words.figuresDiffer, { count: differences.length, same })}
      </p>
      {differences.length > 0 && (
        <Table label={words.figures} stack>
          <TableHead>
            <HeadCell>{words.figureName}</HeadCell>
            <HeadCell>{words.figureField}</HeadCell>
            <HeadCell>{words.figureTable}</HeadCell>
            <HeadCell>{words.figureFile}</HeadCell>
          </TableHead>
          <TableBody>
            {differences.map(({ name, field, table, file }) => (
              <Row key={`${name} ${field}`}>
                <Cell main>{name}</Cell>
                <Cell soft>{words.field[field]}</Cell>
                <Cell>
                  <span className="text-ink-soft sm:hidden">{words.figureTable} </span>
                  {table || words.figureBlank}
                </Cell>
                <Cell>
                  <span className="text-ink-soft sm:hidden">{words.figureFile} </span>
                  {file}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
      {rest.map(
        ([line, names]) => names.length > 0 && <p key={line}>{fill(line, { names: names.join(words.and) })}</p>,
      )}
      {(differences.length > 0 || waiting.length > 0) && (
        <div>
          <LinkButton href={`/reports/${slug}/indicators`}>{words.figuresLink}</LinkButton>
        </div>
      )}
    </section>
  );
}
