/** Which zone holds a name. */

/** Whether a name is a domain or lies below it. */
export const within = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);

/** Key of the nearest zone that holds a name; null when none does. A zone below another one holds what is below itself. */
export function zoneOf(name: string, zones: Readonly<Record<string, { readonly domain: string }>>): string | null {
  const holding = Object.entries(zones).filter(([, { domain }]) => within(name, domain));
  return holding.toSorted(([, one], [, other]) => other.domain.length - one.domain.length)[0]?.[0] ?? null;
}
