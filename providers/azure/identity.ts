import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import type { IdentitiesSpec } from "../../components/identity/model.ts";
import { each, homeOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** A user-assigned identity per role: it outlives the machines that act as it, and so do its rights. */
export function identities(scope: Scope, spec: IdentitiesSpec, on: On<"identities">): Out<"identities"> {
  const { name, parent } = scope;
  const made = each(
    spec.principals,
    role => new azure.managedidentity.UserAssignedIdentity(`${name}-identity-${role}`, { ...homeOf(scope, on) }, { parent }),
  );
  return {
    principals: each(made, (_, identity) => identity.clientId),
    native: { identities: made },
    ready: Object.values(made),
  };
}
