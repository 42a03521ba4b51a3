/** What mocks would let pass and the engine would not: faults of the program. */
import type { PlannedResource } from "./model.ts";
import type { Recording } from "./monitor.ts";

const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");
const label = ({ type, name }: { readonly type: string; readonly name: string }): string => `${name} (${type})`;

/** Two resources with one type and name, even under different parents: their names in the cloud would be told apart by chance. */
function twins(resources: readonly PlannedResource[]): string[] {
  const counts = Map.groupBy(resources, label);
  return [...counts].filter(([, same]) => same.length > 1).map(([key, same]) => `${key} is registered ${same.length} times`);
}

function placed(resource: PlannedResource, known: ReadonlySet<string>): string[] {
  const { parent, provider, custom, type, dependencies, options } = resource;
  const named = [parent, provider, options.deletedWith, ...dependencies].filter(urn => urn !== null);
  return [
    ...(custom && parent === null && !isProvider(type) ? [`${label(resource)} belongs to no component`] : []),
    ...(custom && provider === null && !isProvider(type) ? [`${label(resource)} has no explicit provider`] : []),
    ...named.filter(urn => !known.has(urn)).map(urn => `${label(resource)} names ${urn}, which is not planned`),
  ];
}

export function faultsOf(
  { resources, lookups }: Recording,
  constructed: readonly { readonly type: string; readonly name: string }[],
): string[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const registered = new Set(resources.map(label));
  return [
    ...twins(resources),
    ...constructed.filter(made => !registered.has(label(made))).map(made => `${label(made)} was made but never registered`),
    ...resources.flatMap(resource => placed(resource, known)),
    ...lookups.map(what => `${what} is looked up, which a plan cannot answer`),
  ];
}
