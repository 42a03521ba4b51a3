import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import type { IdentitiesSpec } from "../../components/identity/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/**
 * A service account per role. It is the network identity too: firewall rules name it.
 * A principal of the database service gets none: Cloud SQL acts as an account of its own, made with each instance.
 */
export function identities({ name, parent, tags }: Scope, spec: IdentitiesSpec, on: On<"identities">): Out<"identities"> {
  const roles = Object.keys(spec.principals).filter(role => pick(spec.principals, role).trust === "compute");
  const accounts = Object.fromEntries(
    roles.map(role => [
      role,
      new gcp.serviceaccount.Account(
        `${name}-account-${role}`,
        // Unique in the project; the role first, as people read it in every firewall rule. Google takes 30 characters, but as a login of
        // PostgreSQL `<account>@<project>.iam` has 63, and a project up to 30 of them.
        { accountId: physical([role, pick(tags, "system")], 28, on.foundation.suffix), displayName: `${pick(tags, "system")} ${role}` },
        { parent, dependsOn: [...on.foundation.ready] },
      ),
    ]),
  );
  return {
    principals: Object.fromEntries(Object.entries(accounts).map(([role, account]) => [role, account.email])),
    native: { accounts },
    ready: Object.values(accounts),
  };
}
