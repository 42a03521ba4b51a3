import { address } from "../../components/kernel/cidr.ts";

/** The first two numbers of a range: what tells one private network from the next. */
const words = (range: string): readonly [number, number] => {
  const [base = ""] = range.split("/");
  const first = address(base);
  return [Math.floor(first / 2 ** 24) % 256, Math.floor(first / 2 ** 16) % 256];
};

/**
 * A unique local /48 that reads like the IPv4 range: `10.1.0.0/16` is `fd00:10:1::/48`. The digits are taken over as they stand.
 * Azure gives networks no IPv6 block of its own.
 */
export function networkRange6(range: string): string {
  const [one, two] = words(range);
  return two === 0 ? `fd00:${one}::/48` : `fd00:${one}:${two}::/48`; // written as Azure writes it back, or every preview shows a difference
}

/** The /64 of one subnet; Azure takes no other size. */
export function subnetRange6(range: string, number: number): string {
  const [one, two] = words(range);
  return `fd00:${one}:${two}:${number}::/64`;
}
