/** Which rules a documented flow became: a rule's resource is named after its component and ends in the rule's key. */
import type { FlowLine } from "../../components/access/model.ts";
import type { PlannedFlow, PlannedResource } from "./model.ts";

const component = "strata:index:Flows";

export function rulesOf(flows: readonly FlowLine[], resources: readonly PlannedResource[]): PlannedFlow[] {
  const tables = new Map(
    resources.filter(({ type }) => type === component).map(({ urn, name }) => [urn, name.endsWith("-dr") ? "secondary" : "primary"]),
  );
  const keys = Map.groupBy(flows, ({ place }) => place);
  const byRule = new Map<string, string[]>();
  for (const { parent, name, urn } of resources) {
    const place = parent === null ? undefined : tables.get(parent);
    if (place === undefined) continue;
    // One key may end in another: the longest is meant.
    const [rule] = (keys.get(place as FlowLine["place"]) ?? [])
      .map(flow => flow.rule)
      .filter(key => name.endsWith(`-${key}`))
      .sort((one, other) => other.length - one.length);
    if (rule !== undefined) byRule.set(`${place} ${rule}`, [...(byRule.get(`${place} ${rule}`) ?? []), urn]);
  }
  return flows.map(flow => ({ ...flow, rules: byRule.get(`${flow.place} ${flow.rule}`) ?? [] }));
}
