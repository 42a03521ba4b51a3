/** The word that was probably meant, for errors that propose one. */
import { closest, distance } from "fastest-levenshtein";

/** Two slips in five letters still count as the same word; more is another word. */
const slips = (word: string): number => Math.max(1, Math.floor(word.length / 2.5));

/** The known word nearest to what was written, else one that continues it or that it continues; null when nothing is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (known.length === 0 || word === "") return null;
  const written = word.toLowerCase();
  const spelled = new Map(known.map(candidate => [candidate.toLowerCase(), candidate]));
  const near = closest(written, [...spelled.keys()]);
  if (distance(written, near) <= slips(written) && distance(written, near) < written.length) return spelled.get(near) ?? null;
  const longer = [...spelled].find(
    ([candidate]) => written.length > 1 && candidate.length > 1 && (candidate.startsWith(written) || written.startsWith(candidate)),
  );
  return longer?.[1] ?? null;
}

/** `did you mean "prod"?`, or every known word when none is near. */
export function proposal(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== null) return `did you mean "${near}"?`;
  return known.length === 0 ? "leave it out: nothing is known here" : `known: ${known.join(", ")}`;
}
