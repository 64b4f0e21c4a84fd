/** The least that one can write in: a bare editable element with as much text as a long section. */
export default function Page() {
  return (
    <main>
      <div id="text" contentEditable suppressContentEditableWarning style={{ width: 597, font: "16pt/29pt serif" }}>
        {Array.from({ length: 20 }, (_, paragraph) => (
          <p key={paragraph}>{SENTENCE.repeat(4)}</p>
        ))}
      </div>
    </main>
  );
}

const SENTENCE = "上半年，全区上下坚持稳中求进工作总基调，完成投资160.09亿元，增长10.1%，发展质量稳步提高。";
