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
