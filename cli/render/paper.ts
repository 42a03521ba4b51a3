/** A page of text 100 columns wide: headings, wrapped lines and tables. Colour is the caller's to allow. */
import Table from "cli-table3";
import colours from "picocolors";

export const width = 100;

/** Colours, or functions that leave text as it is. */
export type Paint = ReturnType<typeof colours.createColors>;

/** Colour only where a person looks at it and has not refused it. */
export const paintFor = (stream: { readonly isTTY?: boolean }): Paint =>
  colours.createColors(stream.isTTY === true && colours.isColorSupported);

/** Breaks at spaces, and within a word only when it is longer than the line. `text` is plain. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap(part => part.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [])) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** `first` opens the first line; the others are indented under it. `first` may be painted: `indent` is its width. */
export const hanging = (first: string, indent: number, text: string): string[] =>
  wrapped(text, width - indent).map((line, index) => `${index === 0 ? first : " ".repeat(indent)}${line}`);

/** `- text`, one below the other. */
export const bullets = (texts: readonly string[]): string[] => texts.flatMap(text => hanging("  - ", 4, text));

export const heading = (text: string, paint: Paint): string[] => ["", paint.bold(text)];

/** Cuts from the end so that a line holds. */
export const cut = (text: string, columns: number): string => (text.length <= columns ? text : `${text.slice(0, columns - 1)}…`);

const bare = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
};
const noRules = { ...bare, left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "" };

/** Rows in columns as wide as they need, within the page: the last `wide` columns share what is left and wrap. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint, wide = 1): string[] {
  const natural = head.map((title, column) => Math.max(title.length, ...rows.map(row => (row[column] ?? "").length)) + 2);
  const fixed = natural.slice(0, head.length - wide).map(columns => Math.min(columns, 40));
  const room = width - 2 - fixed.reduce((sum, columns) => sum + columns, 0);
  const rest = natural.slice(head.length - wide);
  const share = Math.floor(room / wide);
  const spare = rest.reduce((sum, columns) => sum + Math.max(0, share - columns), 0);
  const flexible = rest.map(columns => Math.min(columns, share + (columns > share ? spare : 0)));
  const grid = new Table({
    chars: noRules,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
    colWidths: [...fixed, ...flexible],
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  grid.push(head.map(title => paint.dim(title)));
  grid.push(...rows.map(row => [...row]));
  return grid
    .toString()
    .split("\n")
    .map(line => `  ${line.trimEnd()}`);
}
