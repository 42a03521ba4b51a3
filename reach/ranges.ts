/** Address ranges, v4 and v6, as pairs of numbers: fast to compare, parsed once per spelling. */
import { Address4, Address6 } from "ip-address";

export interface Range {
  /** As written. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const parsed = new Map<string, Range | undefined>();

function parse(text: string): Range | undefined {
  const family = text.includes(":") ? 6 : 4;
  const kind = family === 6 ? Address6 : Address4;
  if (!kind.isValid(text)) return undefined;
  const address = new kind(text);
  return { text, family, first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
}

/** A range or a single address; nothing where the text is neither, such as a service tag. */
export function rangeOf(text: string): Range | undefined {
  if (!parsed.has(text)) parsed.set(text, parse(text));
  return parsed.get(text);
}

/** Whether every address of `inner` is in `outer`. */
export const contains = (outer: Range, inner: Range): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: Range, b: Range): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last;

/** All addresses of a family. */
export const everyRange = {
  4: { text: "0.0.0.0/0", family: 4, first: 0n, last: 2n ** 32n - 1n },
  6: { text: "::/0", family: 6, first: 0n, last: 2n ** 128n - 1n },
} as const satisfies Readonly<Record<4 | 6, Range>>;

/** `0.0.0.0/0` or `::/0`. */
export const isEverywhere = (range: Range): boolean => contains(range, everyRange[range.family]);

const hidden = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
]
  .map(parse)
  .filter(range => range !== undefined);

/** Whether no address of the range exists on the internet: RFC 1918, RFC 6598, link-local, loopback, unique local. */
export const isPrivate = (range: Range): boolean => hidden.some(whole => contains(whole, range));
