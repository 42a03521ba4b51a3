/**
 * What a cloud does with one argument. `absent`: a promise would be broken, so the plan stops and names the substitute.
 * `approximate`: the wish is met another way; the note says how and the spec holds what really happens.
 * Every row that is not native carries the page it was read from.
 */
export type Support =
  | { readonly is: "native" }
  | { readonly is: "approximate"; readonly how: string; readonly source: string }
  | { readonly is: "absent"; readonly instead: string; readonly source: string };

export const native: Support = { is: "native" };
export const approximate = (how: string, source: string): Support => ({ is: "approximate", how, source });
export const absent = (instead: string, source: string): Support => ({ is: "absent", instead, source });

/** An argument that a cloud takes within bounds only; outside them, `otherwise` is the answer. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly otherwise: Support;
}

/** What a cloud says to one value of a bounded argument. */
export const within = (range: Range, value: number): Support => (value < range.min || value > range.max ? range.otherwise : native);
