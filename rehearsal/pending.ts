/** Creates that were begun and never written down: what a state still says of them, and what becomes of it. Pure. */
import type { Deployment, StateResource } from "./state.ts";

const creating = ({ type }: { readonly type: string }): boolean => type === "creating";

/** Resources that may or may not exist; components exist nowhere but in the state. */
export const pendingCreates = ({ deployment }: Deployment): readonly StateResource[] =>
  (deployment.pending_operations ?? []).filter(creating).flatMap(({ resource }) => (resource.custom ? [resource] : []));

/**
 * The state with each create that did happen written down under the id the cloud gave it, and without those that did not.
 * A refresh then reads what the cloud says of the new ones. `found`: id by URN.
 */
export function settled({ version, deployment }: Deployment, found: ReadonlyMap<string, string>): Deployment {
  const { resources = [], pending_operations: pending = [] } = deployment;
  const adopted = pending.filter(creating).flatMap(({ resource }) => {
    const id = found.get(resource.urn);
    return id === undefined ? [] : [{ ...resource, id }];
  });
  // What a resource hangs on was written down before it was begun, so the end of the list is its place.
  return {
    version,
    deployment: { ...deployment, resources: [...resources, ...adopted], pending_operations: pending.filter(each => !creating(each)) },
  };
}
