/** What a bench measures: a figure, and what it must stay under. */

export interface Row {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: "x" | "s" | "ms" | "MiB" | "n^";
  readonly detail: string;
}

export interface Figures {
  readonly rows: readonly Row[];
  /** What this machine cannot measure, and why. */
  readonly unmeasured: readonly string[];
}

export const seconds = (value: number): string => `${value.toFixed(2)} s`;

export const isMet = ({ figure, limit }: Row): boolean => figure < limit;
