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

/** As wide as each column needs; where that is more than the room, the widest share what the others leave. */
function shared(needed: readonly number[], room: number): number[] {
  let level = room;
  const total = (): number => needed.reduce((sum, columns) => sum + Math.min(columns, level), 0);
  while (total() > room && level > 1) level -= 1;
  return needed.map(columns => Math.min(columns, level));
}

/** Columns of free text give way first; where they would become too narrow to read, every column does. */
function widths(needed: readonly number[], freeText: readonly number[], room: number): number[] {
  const fixed = needed.reduce((sum, columns, column) => sum + (freeText.includes(column) ? 0 : columns), 0);
  if (freeText.length === 0 || room - fixed < 16 * freeText.length) return shared(needed, room);
  const free = shared(
    freeText.map(column => needed[column] ?? 0),
    room - fixed,
  );
  return needed.map((columns, column) => free[freeText.indexOf(column)] ?? columns);
}

/** Rows in columns that fit the page; a cell that does not fit its column wraps. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  freeText: readonly number[] = [],
): string[] {
  const needed = head.map((title, column) => Math.max(title.length, ...rows.map(row => (row[column] ?? "").length)) + 2);
  const colWidths = widths(needed, freeText, width - 2);
  const grid = new Table({
    chars: noRules,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
    colWidths,
    wordWrap: true,
  });
  const fitted = rows.map(row => row.map((cell, column) => wrapped(cell, Math.max(1, (colWidths[column] ?? 3) - 2)).join("\n")));
  grid.push(
    head.map(title => paint.dim(title)),
    ...fitted,
  );
  return grid
    .toString()
    .split("\n")
    .map(line => `  ${line.trimEnd()}`);
}
