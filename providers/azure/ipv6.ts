/** The first two numbers of a range: what tells one private network from the next. */
const words = (range: string): readonly string[] => range.split(".").slice(0, 2);

/**
 * A unique local /48 that reads like the IPv4 range: `10.1.0.0/16` is `fd00:10:1::/48`, the digits taken over as they stand.
 * Azure gives networks no IPv6 block of its own.
 */
export function networkRange6(range: string): string {
  const [one, two] = words(range);
  return two === "0" ? `fd00:${one}::/48` : `fd00:${one}:${two}::/48`; // as Azure writes it back, or every refresh shows a difference
}

/** The /64 of one subnet; Azure takes no other size. */
export const subnetRange6 = (range: string, number: number): string => `fd00:${words(range).join(":")}:${number}::/64`;
