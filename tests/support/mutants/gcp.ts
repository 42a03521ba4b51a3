/** Mistakes that Google would carry out. */
import { isDeepStrictEqual } from "node:util";
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { contains, rangeOf } from "../../../reach/ranges.ts";
import { at, listOf, rowsOf, textOf, textsOf } from "../../../reach/values.ts";
import { type Dialect, flowOperators } from "./flows.ts";
import { gcpFrontOperators } from "./gcpFronts.ts";
import { carriers, changingHosts, swappingIdentities } from "./hosts.ts";
import { adding, editing, type Inputs, type Operator, type Operators, ofType, putIn, removing, setting, swappedIn } from "./mutant.ts";

const firewall = "gcp:compute/firewall:Firewall";
const nat = "gcp:compute/routerNat:RouterNat";
const bucket = "gcp:storage/bucket:Bucket";
const server = "gcp:sql/databaseInstance:DatabaseInstance";
const hosts = ["gcp:compute/instance:Instance", "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate"];

const accountOf = (plan: Plan, role: string): string | undefined =>
  ofType(plan, "gcp:serviceaccount/account:Account").find(({ name }) => name === `identities-account-${role}`)?.urn;

const without = (inputs: Inputs, ...keys: readonly string[]): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));

interface Ports {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

function portsOf({ inputs }: PlannedResource): Ports | undefined {
  const [allowed] = rowsOf(inputs.allows);
  const [text] = textsOf(allowed?.ports);
  if (allowed === undefined || text === undefined) return undefined;
  const [first = 0, last = first] = text.split("-").map(Number);
  return { protocol: textOf(allowed.protocol) ?? "", first, last };
}

/** Every destination of the one lies in one of the other; what only a deploy will know is somewhere in the fourth version. */
const reachesAll = (wide: readonly unknown[], narrow: readonly unknown[]): boolean =>
  narrow.every(one =>
    wide.some(other => {
      if (isDeepStrictEqual(one, other)) return true;
      const [inner, outer] = [rangeOf(textOf(one) ?? ""), rangeOf(textOf(other) ?? "")];
      if (outer === undefined) return false;
      return inner === undefined ? outer.text === "0.0.0.0/0" : contains(outer, inner);
    }),
  );

/**
 * Members of a tier share its range, so one rule outward may stand for several flows. Balancers, the CDN and what asks after health
 * share the ranges of Google's front ends, so one rule inward may as well.
 */
function shadowed(plan: Plan, rule: PlannedResource): boolean {
  const asked = portsOf(rule);
  const inward = rule.inputs.direction === "INGRESS";
  const side = inward ? "sourceRanges" : "destinationRanges";
  if (asked === undefined || listOf(rule.inputs[side]).length === 0) return false;
  return ofType(plan, firewall).some(other => {
    const given = portsOf(other);
    return (
      other.urn !== rule.urn &&
      other.inputs.direction === rule.inputs.direction &&
      isDeepStrictEqual(other.inputs.targetServiceAccounts, rule.inputs.targetServiceAccounts) &&
      given?.protocol === asked.protocol &&
      given.first <= asked.first &&
      asked.last <= given.last &&
      reachesAll(listOf(other.inputs[side]), listOf(rule.inputs[side]))
    );
  });
}

const dialect: Dialect = {
  isInward: ({ inputs }) => inputs.direction === "INGRESS",
  withPorts: (inputs, first, last, protocol = "tcp") => ({
    ...inputs,
    allows: [{ protocol, ports: [first === last ? String(first) : `${first}-${last}`] }],
  }),
  withRole: (plan, inputs, from, to) => {
    const [before, after] = [accountOf(plan, from), accountOf(plan, to)];
    return before === undefined || after === undefined ? inputs : swappedIn(inputs, before, after);
  },
  toEverywhere: inputs => ({ ...inputs, destinationRanges: ["0.0.0.0/0"] }),
  fromEverywhere: inputs => ({ ...without(inputs, "sourceServiceAccounts"), sourceRanges: ["0.0.0.0/0"] }),
  // The range of Google's own services answers on HTTP alone:
  // https://cloud.google.com/vpc/docs/configure-private-google-access (read 2026-11-21). Databases and caches are drawn all the same.
  keepsItsPorts: end => end === "store" || end === "endpoints",
  shadowed,
};

/**
 * The denials that close a network. Without the outward one Google lets everything out; without the inward one it still lets nothing in,
 * so that one is only moved before the permissions. Those of the sixth version stand where hosts speak it.
 */
const closes = (plan: Plan, direction: string): readonly PlannedResource[] =>
  ofType(plan, firewall).filter(({ inputs }) => inputs.denies !== undefined && inputs.direction === direction && !isSix(inputs));

const isSix = (inputs: Inputs): boolean =>
  [...textsOf(inputs.sourceRanges), ...textsOf(inputs.destinationRanges)].every(text => text.includes(":"));

/** Networks with hosts: a second region has databases alone. */
const inUse = ({ name }: PlannedResource): boolean => !name.startsWith("flows-dr-");

const networkIsOpen: Operator = plan =>
  closes(plan, "EGRESS")
    .filter(inUse)
    .flatMap(({ urn, name }) => [
      { what: `${name} gone`, resources: () => removing(plan, [urn]) },
      { what: `${name} disabled`, resources: () => editing(plan, [urn], inputs => putIn(inputs, ["disabled"], true)) },
    ]);

const deniesFirst: Operator = plan =>
  ["INGRESS", "EGRESS"].flatMap(direction =>
    closes(plan, direction)
      .filter(inUse)
      .map(({ urn, name }) => ({ what: name, resources: () => editing(plan, [urn], inputs => putIn(inputs, ["priority"], 100)) })),
  );

const ruleIsOff: Operator = plan =>
  plan.flows
    .filter(({ to }) => to !== "internet")
    .flatMap(({ rules }) => ofType(plan, firewall).filter(({ urn }) => rules.includes(urn)))
    .filter(rule => !shadowed(plan, rule))
    .map(({ urn, name }) => ({ what: name, resources: () => editing(plan, [urn], inputs => putIn(inputs, ["disabled"], true)) }));

const noWayOut: Operator = plan => ofType(plan, nat).map(({ urn, name }) => ({ what: name, resources: () => removing(plan, [urn]) }));

const noAccount: Operator = changingHosts(
  plan => carriers(plan, accountOf),
  inputs => without(inputs, "serviceAccount"),
);

const bucketGrant: Operator = plan =>
  ofType(plan, "gcp:storage/bucketIAMMember:BucketIAMMember").map(grant => ({
    what: grant.name,
    resources: () => adding(plan, [grant], inputs => ({ ...inputs, member: "allUsers" })),
  }));

export const gcpOperators: Operators = {
  ...flowOperators(dialect),
  ...gcpFrontOperators,
  "a rule is off": ruleIsOff,
  "a network is open": networkIsOpen,
  "a network denies first": deniesFirst,
  "a host has another role's identity": swappingIdentities(plan => carriers(plan, accountOf)),
  "a host has no identity": noAccount,
  "a host has a public address": setting(hosts, ["networkInterfaces", 0, "accessConfigs"], [{ networkTier: "PREMIUM" }]),
  "a network has no way out": noWayOut,
  "data has a way out": setting([nat], ["sourceSubnetworkIpRangesToNat"], "ALL_SUBNETWORKS_ALL_IP_RANGES"),
  "a database is public": plan => [
    ...setting([server], ["settings", "ipConfiguration", "ipv4Enabled"], true)(plan),
    ...setting(
      [server],
      ["settings", "ipConfiguration"],
      { ipv4Enabled: true, authorizedNetworks: [{ value: "0.0.0.0/0" }] },
      ({ inputs }) => at(inputs, "settings", "ipConfiguration", "ipv4Enabled") === false,
    )(plan),
  ],
  "a bucket may be public": plan => [...setting([bucket], ["publicAccessPrevention"], "inherited")(plan), ...bucketGrant(plan)],
};
