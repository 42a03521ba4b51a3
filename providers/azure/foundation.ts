import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import type { FoundationSpec } from "../../components/foundation/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { On, Out } from "./natives.ts";

/** A service principal that no directory knows: the provider builds it without a call, and fails at the first real one. */
const nobody = { clientId: "00000000-0000-0000-0000-000000000000", clientSecret: "offline" };

/** The provider, and a resource group for each place. */
export function foundation(scope: Scope, spec: FoundationSpec, on: On<"foundation">): Out<"foundation"> {
  const { name, parent, place, protection } = scope;
  const { azureSubscriptionId: subscriptionId, azureTenantId: tenantId } = spec.account;
  const provider = new azure.Provider(
    `${name}-provider`,
    { subscriptionId, tenantId, location: place.region, disablePulumiPartnerId: true, ...(spec.offline ? nobody : {}) },
    { parent },
  );
  const groups = Object.fromEntries(
    spec.places.map(({ key, region }) => [
      key,
      new azure.resources.ResourceGroup(
        `${name}-group-${key}`,
        { resourceGroupName: pick(spec.groupNames, key), location: region, tags: scope.tags },
        { parent, provider, protect: protection, dependsOn: on.anchor },
      ),
    ]),
  );
  return {
    providers: [provider],
    suffix: on.suffix,
    native: {
      account: spec.account,
      stack: { system: spec.system, environment: spec.environment, region: place.region },
      groups,
      groupNames: spec.groupNames,
    },
    ready: Object.values(groups),
  };
}
