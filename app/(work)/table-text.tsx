/** A table between paragraphs, as it will print. Takes the focus because one wider than a phone is scrolled sideways. */
export function TableText({
  id,
  header,
  rows,
  wide = false,
}: {
  id?: string | undefined;
  header?: readonly string[] | undefined;
  rows: readonly (readonly string[])[];
  /** An annex: wider than a page of text. */
  wide?: boolean;
}) {
  return (
    <div className={wide ? "annex-table" : "text-table"} id={id} tabIndex={0}>
      <table>
        {header && (
          <thead>
            <tr>
              {header.map((cell, index) => (
                <th key={index} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
