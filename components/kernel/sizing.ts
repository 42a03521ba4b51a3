/**
 * Chooses a size: a person asks for vCPU and GiB, the answer is a class of one cloud.
 * First the house ladder (exact steps chosen once), else the dated table: the smallest class that satisfies every minimum,
 * cheapest first (no price ranks last), then newest. Never rounded down, never a retired class; no fit is no choice.
 */

/** One class of one service on one cloud. Tables live in `providers/<cloud>/facts/sizes.ts` with their source and date. */
export interface SizeRow {
  readonly name: string;
  readonly vcpu: number;
  /** For a cache: memory a client may fill with data, before the reserve is taken off. */
  readonly memoryGiB: number;
  readonly arch: "x86_64" | "arm64";
  /** Maker of the processor; null where the cloud picks it. */
  readonly cpu: "intel" | "amd" | "arm" | null;
  /** Clock that all cores sustain as the vendor states it, else the lowest base clock of the processors it names; null where neither is known. */
  readonly ghz: number | null;
  /** USD an hour, on demand, Linux, in the table's own region; null where no citable price exists. */
  readonly usdPerHour: number | null;
  /** Interface speed; null where unknown. */
  readonly networkGbps: number | null;
  readonly burstable: boolean;
  /** Orders families of the same price: higher is newer. */
  readonly generation: number;
  /** Why nobody should start on this class any more; a retired class is never chosen, only accepted by name. */
  readonly retired?: string;
}

export interface SizeTable {
  /** Where the figures were read. */
  readonly source: string;
  /** ISO date of reading. */
  readonly asOf: string;
  readonly rows: readonly SizeRow[];
}

export interface SizeChoice {
  readonly class: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly usdPerHour: number | null;
  /** `literal`: named by the platform; `ladder`: the house step; `table`: the cheapest that fits. */
  readonly by: "literal" | "ladder" | "table";
  /** How much more than asked: `+0 vCPU, +16 GiB`. */
  readonly overshoot: string;
  readonly runnerUp: string | null;
  /** Why classes that were nearer or cheaper did not do, a few words each. */
  readonly rejected: readonly string[];
}

/** A decided member and the size it got. */
export interface Sized<Spec> {
  readonly spec: Spec;
  /** The ask in a person's words. */
  readonly asked: string;
  readonly choice: SizeChoice;
}

/** What a person needs at least. */
export interface Need {
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly minGhz: number;
  readonly arch: "x86_64" | "arm64";
}

export type Choosing = { readonly fits: SizeChoice } | { readonly fits: null; readonly nearest: SizeRow | null };

const smaller = (one: SizeRow, other: SizeRow): number => one.vcpu - other.vcpu || one.memoryGiB - other.memoryGiB;
const newer = (one: SizeRow, other: SizeRow): number => other.generation - one.generation;

/** Cheapest first, no price last; at the same price the newest, without prices the smallest. */
function cheaper(one: SizeRow, other: SizeRow): number {
  const byName = one.name.localeCompare(other.name);
  if (one.usdPerHour === null && other.usdPerHour === null) return smaller(one, other) || newer(one, other) || byName;
  if (one.usdPerHour === null) return 1;
  if (other.usdPerHour === null) return -1;
  return one.usdPerHour - other.usdPerHour || newer(one, other) || smaller(one, other) || byName;
}

/** Why a class does not do; null where it does. */
export function shortfall(row: SizeRow, need: Need): string | null {
  if (row.retired !== undefined) return `retired (${row.retired})`;
  if (row.arch !== need.arch) return row.arch;
  if (row.vcpu < need.vcpu) return `${row.vcpu} vCPU`;
  if (row.memoryGiB < need.memoryGiB) return `${row.memoryGiB} GiB`;
  if (need.minGhz > 0 && (row.ghz === null || row.ghz < need.minGhz)) return row.ghz === null ? "clock unknown" : `${row.ghz} GHz`;
  return null;
}

const plus = (amount: number, unit: string): string => `+${Number(amount.toFixed(2))} ${unit}`;

export function choiceOf(row: SizeRow, need: Need, by: SizeChoice["by"], runnerUp: string | null, rejected: readonly string[]): SizeChoice {
  const overshoot = `${plus(row.vcpu - need.vcpu, "vCPU")}, ${plus(row.memoryGiB - need.memoryGiB, "GiB")}`;
  return { class: row.name, vcpu: row.vcpu, memoryGiB: row.memoryGiB, usdPerHour: row.usdPerHour, by, overshoot, runnerUp, rejected };
}

/**
 * The smallest class that satisfies every minimum. `ladder` maps `vcpu/GiB` to the house step for exactly that ask.
 * Burstable classes only by name or by the ladder: their sustained speed is a fraction of the figure in the table.
 */
export function chooseSize(need: Need, table: SizeTable, ladder: Readonly<Record<string, string>> = {}): Choosing {
  const step = table.rows.find(row => row.name === ladder[`${need.vcpu}/${need.memoryGiB}`]);
  const fitting = table.rows.filter(row => shortfall(row, need) === null && !row.burstable).toSorted(cheaper);
  const [first, second] = fitting;
  const rejectedBelow = (limit: SizeRow): readonly string[] =>
    table.rows
      .filter(row => row !== limit && row.usdPerHour !== null && limit.usdPerHour !== null && row.usdPerHour < limit.usdPerHour)
      .toSorted((one, other) => (other.usdPerHour ?? 0) - (one.usdPerHour ?? 0))
      .slice(0, 3)
      .map(row => `${row.name}: ${shortfall(row, need) ?? (row.burstable ? "burstable" : "not the house step")}`);
  if (step !== undefined && shortfall(step, need) === null)
    return { fits: choiceOf(step, need, "ladder", fitting.find(row => row !== step)?.name ?? null, rejectedBelow(step)) };
  if (first !== undefined) return { fits: choiceOf(first, need, "table", second?.name ?? null, rejectedBelow(first)) };
  const nearest = table.rows
    .filter(row => row.retired === undefined && row.arch === need.arch)
    .toSorted(
      (one, other) =>
        Math.min(other.vcpu / need.vcpu, other.memoryGiB / need.memoryGiB) - Math.min(one.vcpu / need.vcpu, one.memoryGiB / need.memoryGiB),
    )[0];
  return { fits: null, nearest: nearest ?? null };
}
