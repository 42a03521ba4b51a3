/**
 * Mistakes before the hosts of Google: listeners, tables of hosts and paths, pools, TLS, lists of callers.
 * The two families of addresses are one end, so listeners of both change together. Not drawn, as nothing changes: another port for what asks
 * after health, which Google asks from the ranges that proxies come from; an address of a listener, which gets another one.
 */
import { isDeepStrictEqual } from "node:util";
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { listOf, referred, rowsOf, textOf, textsOf } from "../../../reach/values.ts";
import { editing, type Inputs, type Mutant, type Operator, type Operators, ofType, putIn, removing, setting, swappedIn } from "./mutant.ts";

const forwardingRules = ["gcp:compute/forwardingRule:ForwardingRule", "gcp:compute/globalForwardingRule:GlobalForwardingRule"];
const services = ["gcp:compute/backendService:BackendService", "gcp:compute/regionBackendService:RegionBackendService"];
const group = "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager";
const map = "gcp:compute/uRLMap:URLMap";
const plainProxy = "gcp:compute/targetHttpProxy:TargetHttpProxy";
const policy = "gcp:compute/securityPolicy:SecurityPolicy";

const portOf = ({ inputs }: PlannedResource): string => [...textsOf(inputs.portRange), ...listOf(inputs.ports).map(String)].join();

/** Listeners of balancers and sites, those of one end and port together. */
function listeners(plan: Plan): readonly (readonly PlannedResource[])[] {
  const rules = ofType(plan, ...forwardingRules).filter(({ inputs }) => inputs.loadBalancingScheme !== "");
  return [...Map.groupBy(rules, rule => JSON.stringify([rule.parent, rule.inputs.labels, portOf(rule)])).values()];
}

const onListeners =
  (
    make: (plan: Plan, rules: readonly PlannedResource[]) => readonly PlannedResource[],
    which = (_: PlannedResource): boolean => true,
  ): Operator =>
  plan =>
    listeners(plan)
      .filter(rules => rules.some(which))
      .map(rules => ({ what: rules.map(({ name }) => name).join(", "), resources: () => make(plan, rules) }));

const urnsOf = (rules: readonly PlannedResource[]): readonly string[] => rules.map(({ urn }) => urn);

const withPort = (inputs: Inputs, port: number): Inputs =>
  inputs.ports === undefined ? { ...inputs, portRange: `${port}` } : { ...inputs, ports: [`${port}`] };

const reached = (plan: Plan): readonly PlannedResource[] => {
  const led = new Set(ofType(plan, map).flatMap(({ inputs }) => referred(inputs)));
  const direct = new Set(ofType(plan, ...forwardingRules).flatMap(({ inputs }) => referred(inputs.backendService)));
  return ofType(plan, ...services).filter(({ urn }) => led.has(urn) || direct.has(urn));
};

/** A site has a pool for each way to keep answers, all before one group: while another is there, the CDN gets to it. */
const hasTwin = (plan: Plan, pool: PlannedResource): boolean =>
  reached(plan).some(
    other => other !== pool && other.parent === pool.parent && isDeepStrictEqual(other.inputs.backends, pool.inputs.backends),
  );

const onPools =
  (make: (plan: Plan, pool: PlannedResource) => readonly Mutant[]): Operator =>
  plan =>
    reached(plan)
      .filter(pool => !hasTwin(plan, pool))
      .flatMap(pool => make(plan, pool));

const groupOf = (plan: Plan, { inputs }: PlannedResource): PlannedResource | undefined =>
  ofType(plan, group).find(({ urn }) => referred(rowsOf(inputs.backends).map(row => row.group)).includes(urn));

/** Another role's hosts behind a pool. */
const otherGroup = onPools((plan, pool) => {
  const own = groupOf(plan, pool);
  if (own === undefined) return [];
  return ofType(plan, group)
    .filter(other => other !== own)
    .map(other => ({
      what: `${pool.name} before ${other.name}`,
      resources: () => editing(plan, [pool.urn], inputs => swappedIn(inputs, own.urn, other.urn)),
    }));
});

/** Pools of proxies alone: packets that are handed on keep their port. */
const otherPort = onPools((plan, pool) =>
  rowsOf(groupOf(plan, pool)?.inputs.namedPorts)
    .flatMap(({ name }) => textOf(name) ?? [])
    .filter(name => pool.inputs.portName !== undefined && name !== pool.inputs.portName)
    .map(name => ({
      what: `${pool.name}: ${name}`,
      resources: () => editing(plan, [pool.urn], inputs => ({ ...inputs, portName: name })),
    })),
);

const movedPort = onPools((plan, pool) => {
  const own = groupOf(plan, pool);
  const index = rowsOf(own?.inputs.namedPorts).findIndex(({ name }) => name === pool.inputs.portName);
  if (own === undefined || index < 0) return [];
  return [{ what: own.name, resources: () => editing(plan, [own.urn], inputs => putIn(inputs, ["namedPorts", index, "port"], 7777)) }];
});

const nobodyBehind = onPools((plan, pool) => [
  { what: pool.name, resources: () => editing(plan, [pool.urn], inputs => putIn(inputs, ["backends"], [])) },
]);

/** Tables that lead to a pool. */
const tables = (plan: Plan): readonly PlannedResource[] =>
  ofType(plan, map).filter(({ inputs }) => reached(plan).some(({ urn }) => referred(inputs).includes(urn)));

const tableIsEmpty: Operator = plan =>
  tables(plan)
    .filter(({ inputs }) => reached(plan).some(pool => referred(inputs).includes(pool.urn) && !hasTwin(plan, pool)))
    .map(({ urn, name }) => ({
      what: name,
      resources: () => editing(plan, [urn], () => ({ defaultUrlRedirect: { hostRedirect: "elsewhere.example", httpsRedirect: true } })),
    }));

const plainAnswer: Operator = plan =>
  ofType(plan, plainProxy).flatMap(({ urn, name }) =>
    tables(plan).map(table => ({
      what: `${name}: ${table.name}`,
      resources: () => editing(plan, [urn], inputs => putIn(inputs, ["urlMap"], { unknown: true, from: [table.urn] })),
    })),
  );

const byRange = (action: string, priority: number, srcIpRanges: readonly string[]) => ({
  action,
  priority,
  match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } },
});

/** Where a policy stands before a pool. */
const strangersAreOut: Operator = plan =>
  ofType(plan, policy)
    .filter(({ urn }) => reached(plan).some(({ inputs }) => referred(inputs.securityPolicy).includes(urn)))
    .map(({ urn, name }) => ({
      what: name,
      resources: () =>
        editing(plan, [urn], inputs => ({
          ...inputs,
          rules: [byRange("allow", 1, ["198.51.100.0/24"]), byRange("deny(403)", 2_147_483_647, ["*"])],
        })),
    }));

export const gcpFrontOperators: Operators = {
  "a listener is gone": onListeners((plan, rules) => removing(plan, urnsOf(rules))),
  "a listener has another port": onListeners((plan, rules) => editing(plan, urnsOf(rules), inputs => withPort(inputs, 8444))),
  "a listener administers": onListeners((plan, rules) => editing(plan, urnsOf(rules), inputs => withPort(inputs, 22))),
  "a listener faces the internet": onListeners(
    (plan, rules) => editing(plan, urnsOf(rules), inputs => ({ ...inputs, loadBalancingScheme: "EXTERNAL" })),
    ({ inputs }) => textOf(inputs.loadBalancingScheme)?.startsWith("INTERNAL") === true,
  ),
  "a pool has another group": otherGroup,
  "a pool has another port": otherPort,
  "a pool's port moves": movedPort,
  "a pool has nobody": nobodyBehind,
  "a table leads nowhere": tableIsEmpty,
  "a listener answers in plain text": plainAnswer,
  "a redirect stays without TLS": setting(
    [map],
    ["defaultUrlRedirect", "httpsRedirect"],
    false,
    ({ inputs }) => inputs.defaultService === undefined && rowsOf(inputs.pathMatchers).length === 0,
  ),
  "a listener speaks old TLS": setting(["gcp:compute/sSLPolicy:SSLPolicy"], ["minTlsVersion"], "TLS_1_0"),
  "strangers are kept out": strangersAreOut,
};
