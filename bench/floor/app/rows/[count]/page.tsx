import postgres from "postgres";

export const dynamic = "force-dynamic";

const sql = postgres(process.env["FLOOR_DATABASE_URL"] ?? "", { max: 16 });

/** The least that a dynamic page can do: one `select 1`, then as many plain rows as give the wanted size. */
export default async function Page({ params }: { params: Promise<{ count: string }> }) {
  const [{ count }] = await Promise.all([params, sql`select 1`]);
  return (
    <main>
      <h1>一张表</h1>
      <table>
        <tbody>
          {Array.from({ length: Number(count) }, (_, row) => (
            <tr key={row}>
              <td>{row + 1}</td>
              <td>全区地区生产总值增长情况</td>
              <td>发展和改革局</td>
              <td>部门起草中</td>
              <td>7月19日</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
