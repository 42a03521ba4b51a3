import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { CertificatesSpec } from "../../components/certificates/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, homeOf } from "./lookup.ts";
import type { By, On, Out } from "./natives.ts";
import { assign } from "./roles.ts";

/**
 * Azure makes no certificate for a gateway: it reads one that a person keeps in a vault, by one identity with a right on just that secret.
 * So it does with the root certificates by which it checks roles.
 * Front Door makes its own, with its domains.
 */
export function certificates(scope: Scope, spec: CertificatesSpec, on: On<"certificates">): Out<"certificates"> {
  const { name, parent } = scope;
  const own = Object.fromEntries(
    Object.entries(spec.certificates).flatMap(([key, { reference }]) => (reference === null ? [] : [[key, reference]])),
  );
  const secrets = { ...own, ...spec.authorities };
  const addresses = each(secrets, (_, id) => addressOf(id));
  const identity =
    Object.keys(secrets).length === 0
      ? null
      : new azure.managedidentity.UserAssignedIdentity(`${name}-identity`, { ...homeOf(scope, on) }, { parent });
  const rights = each(identity === null ? {} : firstOf(secrets), (key, target) =>
    assign(scope, key, { role: "secretsRead", to: { principalId: identity === null ? "" : identity.principalId }, target }, on),
  );
  return {
    // Front Door's own come with its domains; when one of a vault ends, the vault tells nobody who may not read it.
    certificates: each(spec.certificates, (key, { reference }) => ({
      id: pulumi.output(reference === null ? "" : pick(addresses, key)),
      expires: pulumi.output(""),
    })),
    native: { addresses, identity },
    ready: Object.values(rights),
  };
}

/** Two names may be in one secret, and Azure refuses a second assignment of the same right. */
const firstOf = (secrets: By<string>): By<string> =>
  Object.fromEntries(
    Object.entries(secrets).filter(
      ([key, id]) => Object.entries(secrets).find(([, other]) => other.toLowerCase() === id.toLowerCase())?.[0] === key,
    ),
  );

/** Without a version, so that the gateway picks up the next one by itself, within four hours. */
function addressOf(id: string): string {
  const [vault = "", , secret = ""] = id.split("/").slice(-3);
  return `https://${vault}.vault.azure.net/secrets/${secret}`;
}
