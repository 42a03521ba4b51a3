/** How fast and how big. Answers 1 when a limit is missed, 2 for a part that does not exist. `--only <part>` measures one part. */
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { planFigures } from "./plans.ts";
import { rehearsalFigures } from "./rehearsal.ts";
import { type Figures, isMet, type Row } from "./rows.ts";

const parts: Readonly<Record<string, () => Figures | Promise<Figures>>> = { plans: planFigures, rehearsal: rehearsalFigures };

/** The parts asked for: all, or one; null when it does not exist. */
function asked(): readonly (() => Figures | Promise<Figures>)[] | null {
  const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
  if (only === undefined) return Object.values(parts);
  const part = Object.hasOwn(parts, only) ? parts[only] : undefined;
  if (part === undefined) console.error(`--only: expected ${Object.keys(parts).join(" or ")}, got "${only}"`);
  return part === undefined ? null : [part];
}

const digits: Readonly<Record<Row["unit"], number>> = { x: 2, s: 1, ms: 0, MiB: 0, "n^": 2 };
const written = (value: number, unit: Row["unit"]): string =>
  unit === "n^" ? `${unit}${value.toFixed(digits[unit])}` : `${value.toFixed(digits[unit])} ${unit}`;

function print({ rows, unmeasured }: Figures): void {
  const table = new Table({ head: ["figure", "measured", "limit", "", ""], style: { head: [], border: [] } });
  table.push(
    ...rows.map(row => [
      row.what,
      written(row.figure, row.unit),
      row.unit === "n^" ? `n^${row.limit}` : `${row.limit} ${row.unit}`,
      row.detail,
      isMet(row) ? "ok" : "missed",
    ]),
  );
  if (rows.length > 0) console.log(table.toString());
  for (const line of unmeasured) console.warn(`NOT MEASURED: ${line}`);
}

const chosen = asked();
if (chosen === null) process.exitCode = 2;
for (const part of chosen ?? []) {
  const figures = await part();
  print(figures);
  if (!figures.rows.every(isMet)) process.exitCode = 1;
}
