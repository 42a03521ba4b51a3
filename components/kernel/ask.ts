/** A size as a person asked for it, answered from one cloud's table, or refused with the nearest class named. */
import type { Findings } from "./findings.ts";
import { nearest } from "./nearest.ts";
import type { SizeAsk } from "./schema.ts";
import { choiceOf, chooseSize, type Need, type SizeChoice, type SizeTable, shortfall } from "./sizing.ts";

/** What stands in where an ask leaves something open: next to nothing, so that the rest of the ask decides. */
const needOf = (ask: SizeAsk): Need => ({ vcpu: ask.vcpu ?? 0, memoryGiB: ask.memoryGiB ?? 0, minGhz: ask.minGhz ?? 0, arch: ask.arch });

export const askText = (ask: SizeAsk): string =>
  [
    ask.class,
    ask.vcpu === undefined && ask.memoryGiB === undefined ? undefined : `${ask.vcpu ?? "any"}/${ask.memoryGiB ?? "any"}`,
    ask.minGhz === undefined ? undefined : `${ask.minGhz} GHz+`,
    ask.arch === "arm64" ? "arm64" : undefined,
  ]
    .filter(part => part !== undefined)
    .join(" ");

/** The same for an error: `4 vCPU, 16 GiB`. */
const needText = ({ vcpu, memoryGiB, minGhz, arch }: SizeAsk): string =>
  [
    vcpu === undefined ? undefined : `${vcpu} vCPU`,
    memoryGiB === undefined ? undefined : `${memoryGiB} GiB`,
    minGhz === undefined ? undefined : `${minGhz} GHz`,
    arch === "arm64" ? "arm64" : undefined,
  ]
    .filter(part => part !== undefined)
    .join(", ");

interface Said {
  readonly path: string;
  readonly text: string;
}

function literal(path: string, name: string, ask: SizeAsk, table: SizeTable, findings: Findings, said: Said): SizeChoice | null {
  const row = table.rows.find(candidate => candidate.name === name);
  if (row === undefined) {
    const names = table.rows.map(candidate => candidate.name);
    const near = nearest(name, names);
    findings.refuse(
      `${path}.class`,
      `expected a class of the table of ${table.asOf}, got "${name}"`,
      near === null ? "leave it out and say what is needed" : `did you mean "${near}"?`,
    );
    return null;
  }
  // The architecture of a literal class is its own; only what was said beside it is checked.
  const need = { ...needOf(ask), arch: row.arch };
  const { retired, ...current } = row;
  const short = shortfall(current, need);
  if (short !== null)
    findings.refuse(
      said.path,
      `expected a class of at least ${said.text}, got "${name}" of ${short}`,
      "name a larger class, or lower the ask beside it",
    );
  if (retired !== undefined) findings.note(`${path}.class`, `${name} is retired: ${retired}`);
  return choiceOf(row, { ...need, vcpu: ask.vcpu ?? row.vcpu, memoryGiB: ask.memoryGiB ?? row.memoryGiB }, "literal", null, []);
}

/** Answers an ask. Null only after an issue was recorded. */
export function answer(
  path: string,
  ask: SizeAsk,
  table: SizeTable,
  ladder: Readonly<Record<string, string>>,
  findings: Findings,
  /** Path and words of the ask, where a person wrote it otherwise. */
  said: Said = { path, text: needText(ask) },
): SizeChoice | null {
  if (ask.class !== undefined) return literal(path, ask.class, ask, table, findings, said);
  const { fits, ...rest } = chooseSize(needOf(ask), table, ladder);
  if (fits !== null) return fits;
  const biggest = "nearest" in rest ? rest.nearest : null;
  findings.refuse(
    said.path,
    `no class fits ${said.text} on ${findings.cloud}`,
    biggest === null
      ? `ask for x86_64: no ${ask.arch} class is in the table`
      : `the nearest is ${biggest.name} (${biggest.vcpu} vCPU, ${biggest.memoryGiB} GiB); lower the ask`,
  );
  return null;
}

/** An interface speed that was asked for against what the table says of the class: a note, since no cloud lets it be set. */
export function judgeSpeed(path: string, wanted: number | undefined, name: string, table: SizeTable, findings: Findings): void {
  if (wanted === undefined) return;
  const known = table.rows.find(row => row.name === name)?.networkGbps ?? null;
  const has = known === null ? "the table has no figure for" : `${known} Gbps is what the table has for`;
  const less = known !== null && known < wanted ? ", which is less (sustained, where the cloud publishes that)" : "";
  findings.note(path, `${wanted} Gbps asked; ${has} ${name}${less}`);
}
