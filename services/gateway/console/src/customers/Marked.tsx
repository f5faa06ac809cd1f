/** A text with what answers the search marked in it. */
import { marks, phoneMarks } from "./find.ts";

export function Marked({ text, q, phone = false }: { text: string; q: string; phone?: boolean }) {
  if (!q.trim()) return <>{text}</>;
  return (
    <>
      {(phone ? phoneMarks : marks)(text, q).map((piece, index) =>
        piece.hit ? (
          <mark key={index} class="hit">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}
