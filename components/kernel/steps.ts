/** Sizes that a cloud sells in steps. */

/** The smallest step that holds `gib`; the number itself where any will do. */
export const stepped = (gib: number, steps: readonly number[] | null): number => steps?.find(step => step >= gib) ?? gib;
