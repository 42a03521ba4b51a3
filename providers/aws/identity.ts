import * as aws from "@pulumi/aws";
import type { Scope } from "../../components/contract.ts";
import type { IdentitiesSpec } from "../../components/identity/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, tagged } from "./lookup.ts";
import type { AwsPart } from "./natives.ts";
import { trust, trustWithin } from "./policies.ts";

/**
 * A role for each principal and, for hosts, the profile that carries it; for databases a second one, since RDS takes no role twice
 * and importing and exporting each want their own. Rights come later, in one document each.
 */
export function identities(scope: Scope, spec: IdentitiesSpec, on: { readonly foundation: AwsPart<"foundation"> }): AwsPart<"identities"> {
  const { name, parent } = scope;
  const trusts = { compute: trust("ec2.amazonaws.com"), database: trustWithin(on.foundation.native.accountId, "rds.amazonaws.com") };
  const roles = each(
    spec.principals,
    (key, principal) =>
      new aws.iam.Role(
        `${name}-role-${key}`,
        { description: `What ${key} may do`, assumeRolePolicy: trusts[principal.trust], tags: { Name: `${name}-role-${key}`, role: key } },
        { parent },
      ),
  );
  const hosts = Object.fromEntries(Object.entries(spec.principals).filter(([, principal]) => principal.trust === "compute"));
  const profiles = each(
    hosts,
    key =>
      new aws.iam.InstanceProfile(
        `${name}-profile-${key}`,
        { role: pick(roles, key).name, tags: tagged(scope, `${name}-profile-${key}`) },
        { parent },
      ),
  );
  const databases = Object.fromEntries(Object.entries(spec.principals).filter(([, principal]) => principal.trust === "database"));
  const exporters = each(
    databases,
    key =>
      new aws.iam.Role(
        `${name}-exporter-${key}`,
        { description: `What ${key} may export`, assumeRolePolicy: trusts.database, tags: { Name: `${name}-exporter-${key}`, role: key } },
        { parent },
      ),
  );
  return {
    principals: each(roles, (_, role) => role.arn),
    native: { roles, exporters, profiles },
    ready: [...Object.values(roles), ...Object.values(exporters), ...Object.values(profiles)],
  };
}
