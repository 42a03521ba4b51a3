/**
 * Lists of callers: security policies before backends, which turn strangers away where no firewall rule does.
 * A policy that asks about anything but addresses filters requests, not callers: it counts as open to everybody, as do its limits.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { contains, everyRange, isEverywhere, type Range, rangeOf } from "../ranges.ts";
import { at, fieldsOf, type Inventory, numberOf, ReadFault, referred, rowsOf, textOf, textsOf } from "../values.ts";

const policyTypes = ["gcp:compute/securityPolicy:SecurityPolicy", "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy"] as const;
const ruleTypes = [
  "gcp:compute/securityPolicyRule:SecurityPolicyRule",
  "gcp:compute/regionSecurityPolicyRule:RegionSecurityPolicyRule",
] as const;

const everybody: readonly Range[] = [everyRange[4], everyRange[6]];

/** The rule that every policy has at the end lets everybody in, unless it is said otherwise. */
const last = 2_147_483_647;

function rangesOf(policy: PlannedResource, texts: readonly string[]): readonly Range[] {
  return texts.flatMap(text => {
    if (text === "*") return everybody;
    const range = rangeOf(text);
    if (range === undefined) throw new ReadFault(policy, `"${text}" is no address range`);
    return [range];
  });
}

/** Everybody where the policy is no list of callers. */
function listed(inventory: Inventory, policy: PlannedResource): readonly Range[] {
  const apart = inventory.ofType(...ruleTypes).filter(({ inputs }) => referred(inputs.securityPolicy).includes(policy.urn));
  const rows = [...rowsOf(policy.inputs.rules), ...apart.map(({ inputs }) => fieldsOf(inputs))].filter(({ preview }) => preview !== true);
  if (rows.some(({ match }) => at(match, "config", "srcIpRanges") === undefined)) return everybody;
  const open: Range[] = [];
  const closed: Range[] = [];
  for (const { match, action } of rows.toSorted((a, b) => (numberOf(a.priority) ?? 0) - (numberOf(b.priority) ?? 0))) {
    const ranges = rangesOf(policy, textsOf(at(match, "config", "srcIpRanges")));
    if (textOf(action)?.startsWith("deny")) closed.push(...ranges);
    else open.push(...ranges.filter(range => !closed.some(whole => contains(whole, range))));
  }
  const whole = rows.some(({ priority }) => numberOf(priority) === last) ? [] : everybody;
  return [...open, ...whole.filter(range => !closed.some(other => contains(other, range)))];
}

/** Who is on both lists. */
const common = (one: readonly Range[], other: readonly Range[]): readonly Range[] => [
  ...one.filter(range => other.some(whole => contains(whole, range))),
  ...other.filter(range => one.some(whole => contains(whole, range))),
];

/** The ends that policies before a backend let in: `internet`, or ranges as written. */
export function callersOf(inventory: Inventory, { inputs }: PlannedResource): readonly string[] {
  const policies = inventory.referredOf([inputs.securityPolicy, inputs.edgeSecurityPolicy], ...policyTypes);
  const ranges = policies.map(policy => listed(inventory, policy)).reduce(common, everybody);
  return [...new Set(ranges.map(range => (isEverywhere(range) ? "internet" : range.text)))];
}
