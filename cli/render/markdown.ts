/** Text of unknown origin within GitHub's Markdown. Names come from anyone's pull request: whatever they hold is shown, nothing of it is obeyed. */
import { cut } from "./paper.ts";

/**
 * What could end a code span or a table's cell, or make a formula of two spans: `\|` is no way out, for a backslash before it takes it back.
 * Control characters, line ends and marks that turn the direction of reading go with them.
 * Tables and code spans: https://github.github.com/gfm/#tables-extension-; formulas: a dollar before a backtick (read 2026-11-21).
 */
const unsafe = /[`|\\$\p{C}\p{Zl}\p{Zp}]/gu;

const percent = (char: string): string =>
  [...new TextEncoder().encode(char)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

/** A code span, the one place where no mention, link, HTML or emphasis is seen; what would end it stands as %XX. */
export function code(text: string, columns = 100): string {
  const safe = cut(text, columns).toWellFormed().replace(unsafe, percent).trim();
  return safe === "" ? "–" : `\`${safe}\``;
}

/** The cells must be Markdown already. */
export const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...body].map(cells => `| ${cells.join(" | ")} |`).join("\n");

export const folded = (title: string, body: string): string => `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
