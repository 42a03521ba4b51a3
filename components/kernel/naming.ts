/**
 * Physical names, for the services whose limits bite; everything else is named by Pulumi.
 * Parts are shortened from the longest on, never the suffix, and what is cut off is remembered by four characters,
 * so that two long names that begin alike stay apart.
 */
import { hash } from "./hash.ts";

const mark = (text: string): string => hash(text).toString(36).padStart(7, "0").slice(-4);

/**
 * Joins parts so that `text + separator + suffix` fits into `max` characters; the suffix is `suffixLength` long and added by the caller.
 * Without a separator dashes are lost as well: `a-b` and `ab` are then told apart by the mark.
 */
export function shortened(
  parts: readonly string[],
  { max, separator, suffixLength }: { readonly max: number; readonly separator: "" | "-"; readonly suffixLength: number },
): string {
  const written = parts.filter(part => part !== "");
  const clean = written.map(part => (separator === "" ? part.replaceAll(/[^a-z0-9]/g, "") : part));
  const whole = clean.join(separator);
  const room = max - suffixLength - (suffixLength > 0 ? separator.length : 0);
  if (whole.length <= room && clean.every((part, index) => part === written[index])) return whole;
  const cut = whole.slice(0, room - 4 - separator.length).replace(/-+$/, "");
  return `${cut}${separator}${mark(written.join("-"))}`;
}
