/**
 * Mistakes in the rules of a flow, the same on every cloud in its own words. A connection needs the doors of both sides,
 * so a door too many opens nothing while the other side stays shut: what is to open something changes all rules of a flow.
 *
 * Left out because nothing changes, and not because nobody looks:
 * - a rule in whose shadow stands another of the same side, such as 443 to a member beside 443 to everywhere (`shadowed`);
 * - a permission added that the plan already has;
 * - more ports towards an end that is known to answer on its own alone (`keepsItsPorts`).
 * The two families of addresses are one end, `internet`, so its rules of both fall together.
 */
import type { Plan, PlannedFlow, PlannedResource } from "../../../cli/planner/model.ts";
import { adding, editing, type Inputs, type Mutant, type Operator, type Operators, removing, rolesOf } from "./mutant.ts";

/** How one cloud writes a rule. */
export interface Dialect {
  readonly isInward: (rule: PlannedResource) => boolean;
  /** With other ports, of tcp unless said otherwise. */
  readonly withPorts: (inputs: Inputs, first: number, last: number, protocol?: "tcp" | "udp") => Inputs;
  /** With another role instead of the one; the rule stays on its side. */
  readonly withRole: (plan: Plan, inputs: Inputs, from: string, to: string) => Inputs;
  /** From any address of the internet, or to any. */
  readonly toEverywhere: (inputs: Inputs) => Inputs;
  readonly fromEverywhere: (inputs: Inputs) => Inputs;
  /** Whether one end answers, or asks, on ports of its own alone, whatever rules say: a port too many is no way there. */
  readonly keepsItsPorts: (to: string, from: string) => boolean;
  /** Whether another rule lets through all that this one does. */
  readonly shadowed: (plan: Plan, rule: PlannedResource) => boolean;
}

interface Flow extends PlannedFlow {
  readonly first: number;
  readonly last: number;
  readonly made: readonly PlannedResource[];
}

/** Flows with ports, with their rules. */
function flowsOf(plan: Plan): readonly Flow[] {
  const byUrn = new Map(plan.resources.map(resource => [resource.urn, resource]));
  return plan.flows
    .filter(({ ports, rules }) => ports !== "" && rules.length > 0)
    .map(flow => {
      const [first = 0, last = first] = flow.ports.split("-").map(Number);
      return { ...flow, first, last, made: flow.rules.flatMap(urn => byUrn.get(urn) ?? []) };
    });
}

const nameOf = ({ from, to, ports }: PlannedFlow): string => `${from} to ${to} ${ports}`;
const isOutside = (name: string): boolean => name === "internet" || name === "store" || name === "endpoints";

/** Each rule of its own, or all of them where one end is both families of addresses. */
const doors = (flow: Flow): readonly (readonly PlannedResource[])[] =>
  [flow.from, flow.to].includes("internet") ? [flow.made] : flow.made.map(rule => [rule]);

const urnsOf = (rules: readonly PlannedResource[]): readonly string[] => rules.map(({ urn }) => urn);

export function flowOperators(dialect: Dialect): Operators {
  /** On one side of a flow. */
  const closing =
    (make: (plan: Plan, flow: Flow, rules: readonly PlannedResource[]) => readonly PlannedResource[]): Operator =>
    plan =>
      flowsOf(plan).flatMap(flow =>
        doors(flow)
          .filter(rules => !rules.every(rule => dialect.shadowed(plan, rule)))
          .map(rules => ({ what: rules.map(({ name }) => name).join(", "), resources: () => make(plan, flow, rules) })),
      );
  /** On all rules of a flow. */
  const whole =
    (which: (flow: Flow, plan: Plan) => boolean, edit: (inputs: Inputs, flow: Flow) => Inputs): Operator =>
    plan =>
      flowsOf(plan)
        .filter(flow => which(flow, plan))
        .map(flow => ({ what: nameOf(flow), resources: () => editing(plan, flow.rules, inputs => edit(inputs, flow)) }));

  return {
    "a rule is gone": closing((plan, _, rules) => removing(plan, urnsOf(rules))),
    "a rule has the port beside": closing((plan, { first, last }, rules) =>
      editing(plan, urnsOf(rules), inputs => dialect.withPorts(inputs, first + 1, last + 1)),
    ),
    "a flow has every port": whole(widens(dialect), inputs => dialect.withPorts(inputs, 0, 65_535)),
    "a flow has a thousand ports": whole(widens(dialect), (inputs, { first }) => dialect.withPorts(inputs, first, first + 1000)),
    "a flow is udp": whole(
      ({ made }, plan) => !made.every(rule => dialect.shadowed(plan, rule)),
      (inputs, { first, last }) => dialect.withPorts(inputs, first, last, "udp"),
    ),
    "a flow has a port more": plan =>
      flowsOf(plan)
        .filter(flow => widens(dialect)(flow))
        .flatMap(flow => morePorts(plan, flow, dialect)),
    "another role may as well": plan => flowsOf(plan).flatMap(flow => otherRoles(plan, flow, dialect)),
    "a rule leads everywhere": plan =>
      flowsOf(plan)
        .filter(flow => !isOutside(flow.to) && !flow.made.every(dialect.isInward) && !mayAlready(plan, flow.from, "internet", flow))
        .map(flow => {
          const outward = flow.made.filter(rule => !dialect.isInward(rule));
          return { what: nameOf(flow), resources: () => editing(plan, urnsOf(outward), dialect.toEverywhere) };
        }),
    "administration from everywhere": plan =>
      [22, 3389].flatMap(port => inwardOnce(plan, dialect).map(rule => fromAnywhere(plan, rule, port, dialect))),
  };
}

const widens =
  ({ keepsItsPorts }: Dialect) =>
  ({ from, to }: Flow): boolean =>
    !keepsItsPorts(to, from);

const mayAlready = (plan: Plan, from: string, to: string, { first, last }: Flow): boolean =>
  flowsOf(plan).some(flow => flow.from === from && flow.to === to && flow.first <= first && last <= flow.last);

const tempting = [22, 1433, 3306, 27_017];

/** Towards the internet the high ones alone: the lower may end at the network ACL in front of the NAT gateways. */
const morePorts = (plan: Plan, flow: Flow, { withPorts }: Dialect): readonly Mutant[] =>
  tempting
    .filter(port => (flow.to !== "internet" || port > 1023) && !mayAlready(plan, flow.from, flow.to, { ...flow, first: port, last: port }))
    .map(port => ({
      what: `${nameOf(flow)}, now ${port}`,
      resources: () => adding(plan, flow.made, inputs => withPorts(inputs, port, port)),
    }));

/** A role of the same tier: elsewhere the rule would stand at another door. */
function otherRoles(plan: Plan, flow: Flow, { withRole }: Dialect): readonly Mutant[] {
  const roles = rolesOf(plan);
  const tier = roles.find(({ name }) => name === flow.from)?.tier;
  return roles
    .filter(({ name, tier: own }) => own === tier && name !== flow.from && name !== flow.to && !mayAlready(plan, name, flow.to, flow))
    .map(({ name }) => ({
      what: `${nameOf(flow)}, now ${name} too`,
      resources: () => adding(plan, flow.made, inputs => withRole(plan, inputs, flow.from, name)),
    }));
}

/** One inward rule for each compute role. */
function inwardOnce(plan: Plan, { isInward }: Dialect): readonly PlannedResource[] {
  const names = new Set(rolesOf(plan).map(({ name }) => name));
  const rules = flowsOf(plan).flatMap(({ to, made }) => (names.has(to) ? made.filter(isInward).map(rule => [to, rule] as const) : []));
  return [...new Map(rules).values()];
}

const fromAnywhere = (plan: Plan, rule: PlannedResource, port: number, { withPorts, fromEverywhere }: Dialect): Mutant => ({
  what: `${rule.name}, now ${port} from everywhere`,
  resources: () => adding(plan, [rule], inputs => fromEverywhere(withPorts(inputs, port, port))),
});
