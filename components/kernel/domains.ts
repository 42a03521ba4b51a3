/** How names and texts are written in DNS. */

/** A wildcard is shown to be ours, and answered for, by the domain under it. */
export const baseOf = (name: string): string => name.replace(/^\*\./, "");

/** A text record holds parts of 255 characters at most. */
export const textParts = (text: string): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / 255) }, (_, index) => text.slice(index * 255, (index + 1) * 255));

/** As a part stands between quotes. */
export const quotable = (part: string): string => part.replaceAll(/["\\]/g, character => `\\${character}`);
