/** IPv4 ranges as numbers: parse, compare, move, count. */

export interface Range {
  /** First address as an unsigned 32-bit number. */
  readonly first: number;
  readonly prefix: number;
}

const size = (prefix: number): number => 2 ** (32 - prefix);

export function address(text: string): number {
  return text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export const addressText = (value: number): string => [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join(".");

/** Reads `10.0.0.0/16`; host bits are kept off, `aligned` tells whether there were any. */
export function parseRange(text: string): Range & { readonly aligned: boolean } {
  const [base = "", bits = ""] = text.split("/");
  const prefix = Number(bits);
  const given = address(base);
  const first = given - (given % size(prefix));
  return { first, prefix, aligned: first === given };
}

export const rangeText = ({ first, prefix }: Range): string => `${addressText(first)}/${prefix}`;

export const lastAddress = ({ first, prefix }: Range): number => first + size(prefix) - 1;

export const contains = (outer: Range, inner: Range): boolean => outer.first <= inner.first && lastAddress(inner) <= lastAddress(outer);

export const overlaps = (one: Range, other: Range): boolean => one.first <= lastAddress(other) && other.first <= lastAddress(one);

/** The same place within another network: `10.0.11.0/24` of `10.0.0.0/16` is `10.1.11.0/24` of `10.1.0.0/16`. */
export const moved = (range: Range, from: Range, to: Range): Range => ({
  first: to.first + range.first - from.first,
  prefix: range.prefix,
});

/** Addresses that hosts may have, when the cloud keeps `reserved` of each subnet. */
export const usableAddresses = ({ prefix }: Range, reserved: number): number => Math.max(0, size(prefix) - reserved);

/** The `index`-th block of `prefix` inside a range, from its start. */
export const block = (range: Range, prefix: number, index: number): Range => ({ first: range.first + index * size(prefix), prefix });

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parseRange);

/** Whether a range may be used inside a network (RFC 1918 and RFC 6598). */
export const isPrivate = (range: Range): boolean => privateRanges.some(outer => contains(outer, range));
