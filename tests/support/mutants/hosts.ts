/** Hosts by role, with the identity that rules know them by, and what comes of a mistake there. */
import { isDeepStrictEqual } from "node:util";
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { referred } from "../../../reach/values.ts";
import { type Edit, editing, type Operator, rolesOf, swappedIn } from "./mutant.ts";

export interface Carrier {
  readonly role: string;
  /** What rules know the role by: a group's URN, an account's. */
  readonly identity: string;
  /** All that carries it. */
  readonly resources: readonly PlannedResource[];
}

/** Machines, groups of them, and what they are made from. */
const hosts =
  /^(aws:ec2\/(launchTemplate|instance):|azure-native:compute:VirtualMachineScaleSet|azure-native:network:NetworkInterface|gcp:compute\/(instance|regionInstanceTemplate|instanceTemplate):)/;

export function carriers(plan: Plan, identityOf: (plan: Plan, role: string) => string | undefined): readonly Carrier[] {
  return rolesOf(plan).flatMap(({ name: role }) => {
    const identity = identityOf(plan, role);
    if (identity === undefined) return [];
    const resources = plan.resources.filter(({ type, inputs }) => hosts.test(type) && referred(inputs).includes(identity));
    return resources.length === 0 ? [] : [{ role, identity, resources }];
  });
}

/** What a role may and who may reach it, told without the two roles that change places. */
function standing({ flows }: Plan, role: string, other: string): readonly string[] {
  const named = (end: string): string => (end === role || end === other ? "one of the two" : end);
  return flows
    .filter(({ from, to }) => from === role || to === role)
    .map(({ from, to, protocol, ports }) => `${from === role} ${named(from)} ${named(to)} ${protocol} ${ports}`)
    .toSorted();
}

/** A host under another role's identity. Where the two roles are allowed the same, nothing changes, and it is left out. */
export const swappingIdentities =
  (found: (plan: Plan) => readonly Carrier[]): Operator =>
  plan => {
    const all = found(plan);
    return all.flatMap(one =>
      all
        .filter(other => other !== one && !isDeepStrictEqual(standing(plan, one.role, other.role), standing(plan, other.role, one.role)))
        .map(other => ({
          what: `${one.role} as ${other.role}`,
          resources: () =>
            editing(
              plan,
              one.resources.map(({ urn }) => urn),
              inputs => swappedIn(inputs, one.identity, other.identity),
            ),
        })),
    );
  };

/** Every carrier of a role, changed alike. */
export const changingHosts =
  (found: (plan: Plan) => readonly Carrier[], edit: Edit): Operator =>
  plan =>
    found(plan).map(({ resources, role }) => ({
      what: role,
      resources: () =>
        editing(
          plan,
          resources.map(({ urn }) => urn),
          edit,
        ),
    }));
