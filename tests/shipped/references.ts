/**
 * Whom every resource names, over every shipped system: what is of its own place and key, and nobody's door open to everybody.
 * Names show it: what one place or key is for carries it in its name. That the code names things well is for a reader.
 */
import { describe, expect, it } from "vitest";
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import type { Cloud } from "../../components/kernel/cloud.ts";
import { isMap } from "../../components/kernel/merge.ts";
import { everyCell, planOf } from "../support/shipped.ts";
import { nameOf } from "../support/shownPlan.ts";

const custom = ({ resources }: Plan): readonly PlannedResource[] => resources.filter(resource => resource.custom);
const label = ({ type, name }: PlannedResource): string => `${name} (${type})`;
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** What exists once for each place. */
const perPlace = /^(network|peers|endpoints|keys)(-dr)?$/;
const away = (resource: PlannedResource): boolean => nameOf(resource.parent ?? "").endsWith("-dr");
function awayOf(target: PlannedResource): boolean | null {
  if (/^foundation-group-(primary|secondary)$/.test(target.name)) return target.name.endsWith("-secondary");
  return perPlace.test(nameOf(target.parent ?? "")) ? away(target) : null;
}

/** What reaches over to the other place: copies arrive there, hosts read figures of both, and Google's network is one. */
const overreaching =
  /^azure-native:storage:ObjectReplicationPolicy resourceGroupName$|^azure-native:authorization:RoleAssignment scope$|^gcp:.* network$/;
/** Whose name says something else: a volume for logs is no place for the key of the logs; a rule's ends are looked at below. */
const otherwiseNamed =
  /^aws:ebs\/volume:Volume kmsKeyId$|^aws:vpc\/securityGroup(In|E)gressRule:\w+ (referencedSecurityGroupId|prefixListId)$/;

/** What comes after its part in a name: `network-subnet-app-a` is `app-a`. */
function keyOf({ name, parent }: PlannedResource): string {
  const own = name.slice(nameOf(parent ?? "").length + 1);
  return own.includes("-") ? own.slice(own.indexOf("-") + 1) : "";
}

const alike = (key: string, other: string): boolean =>
  other !== "" && (key === other || key.startsWith(`${other}-`) || key.endsWith(`-${other}`));

/** The one of these whose key is nearest to the resource's own; null where none or several are. */
function namesake(resource: PlannedResource, among: readonly PlannedResource[]): PlannedResource | null {
  const near = among.filter(other => alike(keyOf(resource), keyOf(other)));
  const longest = Math.max(0, ...near.map(other => keyOf(other).length));
  const nearest = near.filter(other => keyOf(other).length === longest);
  return nearest.length === 1 ? (nearest[0] ?? null) : null;
}

/** An input that names a resource of the other place, or of another key where there is one of its own. */
function misled(plan: Plan): readonly string[] {
  const byUrn = new Map(custom(plan).map(resource => [resource.urn, resource]));
  const siblings = Map.groupBy(custom(plan), ({ parent, type }) => `${parent} ${type}`);
  return custom(plan).flatMap(resource =>
    Object.entries(resource.inputs).flatMap(([property, value]) => {
      if (!isMap(value) || value.unknown !== true || !Array.isArray(value.from) || value.from.length !== 1) return [];
      const target = byUrn.get(String(value.from[0]));
      if (target === undefined) return [];
      const what = `${resource.type} ${property}`;
      const place = awayOf(target);
      if (place !== null && place !== away(resource) && !overreaching.test(what))
        return [`${label(resource)} ${property} is of ${target.name}, in the other place`];
      const own = namesake(resource, siblings.get(`${target.parent} ${target.type}`) ?? []);
      return own === null || own === target || otherwiseNamed.test(what)
        ? []
        : [`${label(resource)} ${property} is of ${target.name}, not of ${own.name}`];
    }),
  );
}

/** An end of a rule that is everybody. */
const everybody = /^(\*|Internet|0\.0\.0\.0\/0|::\/0)$/;
const ends = ["cidrIpv4", "cidrIpv6", "sourceAddressPrefix", "destinationAddressPrefix", "sourceRanges", "destinationRanges"];

const isOpen = ({ inputs }: PlannedResource): boolean =>
  ends.flatMap(end => inputs[end] ?? []).some(value => typeof value === "string" && everybody.test(value));

/** Closes rather than opens, or lets in Azure's own probes, which reach whatever the group is of. */
const exempt = ({ inputs }: PlannedResource): boolean =>
  inputs.access === "Deny" || inputs.denies !== undefined || inputs.sourceAddressPrefix === "AzureLoadBalancer";

/** Rules that are open to everybody though no flow of theirs is from or to everybody. */
function opened(plan: Plan, cloud: Cloud): readonly string[] {
  // A balancer that hands connections on shows everybody to its targets; a gateway's subnet holds nothing else, and asks Azure's own services.
  const handed = new Set(
    plan.flows.flatMap(({ from, to, rule, ports }) =>
      from === "lb" && rule === null ? [`-inbound-internet-${to}-tcp-${ports}`, `-in-internet-${to}-tcp-${ports}`] : [],
    ),
  );
  const isFront = ({ name }: PlannedResource): boolean =>
    name.endsWith("-outbound-outward-public") || [...handed].some(end => name.endsWith(end));
  const wide = new Set(plan.flows.filter(({ from, to }) => from === "internet" || to === "internet").flatMap(({ rules }) => rules));
  return custom(plan)
    .filter(({ parent }) => typeOf(parent ?? "") === "strata:index:Flows")
    .filter(rule => !wide.has(rule.urn) && !exempt(rule) && !isFront(rule) && isOpen(rule))
    .map(rule => `${label(rule)} is open to everybody on ${cloud}`);
}

/** AWS writes both ends of a rule into its name: its own group, then the other. */
function crossed(plan: Plan): readonly string[] {
  const groups = new Map(
    custom(plan)
      .filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup")
      .map(group => [group.urn, keyOf(group)]),
  );
  const end = (value: unknown): string => (isMap(value) && Array.isArray(value.from) ? (groups.get(String(value.from[0])) ?? "") : "");
  return custom(plan)
    .filter(({ inputs }) => inputs.referencedSecurityGroupId !== undefined)
    .filter(rule => !keyOf(rule).startsWith(`${end(rule.inputs.securityGroupId)}-${end(rule.inputs.referencedSecurityGroupId)}-`))
    .map(rule => `${label(rule)} is between ${end(rule.inputs.securityGroupId)} and ${end(rule.inputs.referencedSecurityGroupId)}`);
}

describe.each(everyCell)("every reference in %s %s %s", (system, environment, cloud) => {
  const plan = planOf.bind(null, { system, environment }, cloud);

  it("names what is of its own place and key", async () => {
    expect(misled(await plan())).toEqual([]);
  });

  it("opens to nobody but by a flow from or to everybody", async () => {
    expect([...opened(await plan(), cloud), ...crossed(await plan())]).toEqual([]);
  });
});
