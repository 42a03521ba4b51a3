/**
 * Firewall rules of a Google network, judged as Google does: rules of one direction that target the host, lowest priority number first,
 * deny before allow where two are alike, then the rules that every network has: nothing comes in, everything goes out.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { covers, difference, every, everyPort, isEmpty, none, type PortSet, portSet, protocolOf, union } from "../ports.ts";
import { contains, isEverywhere, overlaps, type Range } from "../ranges.ts";
import { flagOf, listOf, numberOf, ReadFault, referred, rowsOf, textOf, textsOf } from "../values.ts";
import { type Ground, knownRange } from "./ground.ts";
import { keysOf, type Party } from "./parties.ts";

interface Addresses {
  readonly ranges: readonly Range[];
  /** Resources whose addresses these are, known to a deploy alone. */
  readonly owners: ReadonlySet<string>;
}

interface Identities {
  readonly accounts: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
}

export interface Rule {
  readonly resource: PlannedResource;
  readonly network: string;
  readonly inward: boolean;
  readonly deny: boolean;
  readonly priority: number;
  readonly ports: PortSet;
  readonly target: Identities;
  /** Nothing where the rule leaves it open. */
  readonly from: Addresses | undefined;
  readonly fromIdentities: Identities;
  readonly to: Addresses | undefined;
}

/** What one rule lets through, after the denies before it. */
export interface Grant {
  /** Empty for the rule that every network has. */
  readonly name: string;
  readonly ports: PortSet;
  /** Whether it knows the other side by account or tag, not by range. */
  readonly named: boolean;
}

const pattern = /^(\d+)(?:-(\d+))?$/;

function portsOf(resource: PlannedResource, rows: readonly Readonly<Record<string, unknown>>[], deny: boolean): PortSet {
  return union(
    ...rows.map(row => {
      const word = textOf(row.protocol);
      if (word === undefined) throw new ReadFault(resource, "a rule without a protocol");
      const protocol = protocolOf(word);
      // Of the protocols that have no word of ours, to close one is not to close them all.
      if (protocol === "other" && deny) return none;
      const written = listOf(row.ports).map(String);
      if (written.length === 0) return portSet(protocol, everyPort);
      return union(
        ...written.map(text => {
          const [, first, last] = pattern.exec(text) ?? [];
          if (first === undefined) throw new ReadFault(resource, `"${text}" is no port and no range of ports`);
          return portSet(protocol, [Number(first), Number(last ?? first)]);
        }),
      );
    }),
  );
}

function addressesOf(ground: Ground, resource: PlannedResource, value: unknown): Addresses | undefined {
  const items = listOf(value);
  const owners = referred(value);
  if (items.length === 0 && owners.length === 0) return undefined;
  const subnets = owners.flatMap(urn => ground.subnets.get(urn)?.ranges ?? []);
  const written = textsOf(value).map(text => knownRange(resource, text));
  // An address that a front has is no host's, though it lies in a subnet of hosts.
  const fronts = written.map(range => ground.frontAt(range));
  return {
    ranges: [...written.filter((_, index) => fronts[index] === undefined), ...subnets],
    owners: new Set([...owners, ...fronts.filter(urn => urn !== undefined)]),
  };
}

function ruleOf(ground: Ground, resource: PlannedResource): Rule {
  const { inputs } = resource;
  const denies = rowsOf(inputs.denies);
  const allows = rowsOf(inputs.allows);
  if (denies.length + allows.length === 0) throw new ReadFault(resource, "neither allows nor denies anything");
  const inward = inputs.direction !== "EGRESS";
  const fromIdentities = { accounts: keysOf(inputs.sourceServiceAccounts), tags: keysOf(inputs.sourceTags) };
  const named = fromIdentities.accounts.size + fromIdentities.tags.size > 0;
  const v4 = { ranges: [knownRange(resource, "0.0.0.0/0")], owners: new Set<string>() };
  const from = addressesOf(ground, resource, inputs.sourceRanges);
  const to = addressesOf(ground, resource, inputs.destinationRanges);
  return {
    resource,
    network: ground.networkOf(resource, inputs.network),
    inward,
    deny: denies.length > 0,
    priority: numberOf(inputs.priority) ?? 1000,
    ports: portsOf(resource, denies.length > 0 ? denies : allows, denies.length > 0),
    target: { accounts: keysOf(inputs.targetServiceAccounts), tags: keysOf(inputs.targetTags) },
    // A rule that says nothing of the other side means every v4 address of it.
    from: from ?? (inward && !named ? v4 : undefined),
    fromIdentities,
    to: to ?? (inward ? undefined : v4),
  };
}

/** In the order in which Google asks them. */
export const rulesOf = (ground: Ground): readonly Rule[] =>
  ground.inventory
    .ofType("gcp:compute/firewall:Firewall")
    .filter(resource => flagOf(resource.inputs.disabled) !== true)
    .map(resource => ruleOf(ground, resource))
    .toSorted((a, b) => a.priority - b.priority || Number(b.deny) - Number(a.deny));

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size > 0 && b.size > 0 && !a.isDisjointFrom(b);
const known = (identities: Identities, party: Party): boolean =>
  meet(identities.accounts, party.accounts) || meet(identities.tags, party.tags);

/** Rules of one direction that stop at this party. */
export const rulesAt = (rules: readonly Rule[], party: Party, inward: boolean): readonly Rule[] =>
  rules.filter(
    ({ target, ...rule }) =>
      rule.inward === inward &&
      rule.network === party.network &&
      ((target.accounts.size === 0 && target.tags.size === 0) || known(target, party)),
  );

/**
 * Whether the addresses of a rule are the party's. In doubt, as where a rule names a part of a subnet, an allow counts and a deny does not.
 * What hangs on a resource of the party means all its addresses: a plan does not tell them apart.
 * Every address is the internet and the members, but no range outside: who means such a range says it.
 */
function names(addresses: Addresses | undefined, party: Party, family: 4 | 6, deny: boolean): boolean {
  if (!addresses) return true;
  const ranges = party.ranges.filter(range => range.family === family);
  const outside = party.network === undefined;
  const fits = (range: Range, own: Range): boolean => {
    if (deny) return contains(range, own);
    return outside ? contains(range, own) && (isEverywhere(own) || !isEverywhere(range)) : overlaps(range, own);
  };
  if (addresses.ranges.some(range => ranges.some(own => fits(range, own)))) return true;
  return family === 4 && meet(addresses.owners, party.owners);
}

function matches(rule: Rule, self: Party, other: Party, family: 4 | 6): "named" | "ranged" | undefined {
  const [source, destination] = rule.inward ? [other, self] : [self, other];
  if (!names(rule.to, destination, family, rule.deny)) return undefined;
  // Accounts and tags mean hosts of the rule's own network, also where another is peered.
  if (rule.inward && other.network === rule.network && known(rule.fromIdentities, other)) return "named";
  const { accounts, tags } = rule.fromIdentities;
  if (rule.from === undefined && accounts.size + tags.size > 0) return undefined;
  return names(rule.from, source, family, rule.deny) ? "ranged" : undefined;
}

/**
 * What the rules at one party let pass from or to the other, in one family of addresses. `rules`: those of `rulesAt`.
 * An allow behind another for the same ports counts too: whoever wants them closed must know both.
 */
export function judge(rules: readonly Rule[], inward: boolean, self: Party, other: Party, family: 4 | 6): readonly Grant[] {
  const grants: Grant[] = [];
  let closed = none;
  for (const rule of rules) {
    const match = matches(rule, self, other, family);
    if (match === undefined) continue;
    if (rule.deny) closed = union(closed, rule.ports);
    else grants.push({ name: rule.resource.name, ports: difference(rule.ports, closed), named: match === "named" });
    if (covers(closed, every)) break;
  }
  if (!inward) grants.push({ name: "", ports: difference(every, union(closed, ...grants.map(grant => grant.ports))), named: false });
  return grants.filter(grant => !isEmpty(grant.ports));
}
