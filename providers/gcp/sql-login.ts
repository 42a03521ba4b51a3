/** Login to a Cloud SQL server as a service account: https://cloud.google.com/sql/docs/postgres/iam-logins */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { member } from "./lookup.ts";
import type { On } from "./natives.ts";

/** The way through Google's own connectors, and the login itself. */
const roles = { connect: "roles/cloudsql.client", login: "roles/cloudsql.instanceUser" } as const;

/** Both rights exist for a whole project; a condition narrows them to the server. The account is a user of the primary, and replicas have their users from it. */
export function serverLogin(
  { parent }: Scope,
  name: string,
  server: string,
  account: pulumi.Output<string>,
  on: On<"grants">,
): readonly pulumi.Resource[] {
  const { instance, engine, source } = pick(on.databases, server).native;
  const { project } = on.foundation.native;
  const condition = {
    title: "one server",
    expression: pulumi.interpolate`resource.name == "projects/${project}/instances/${instance.name}" && resource.type == "sqladmin.googleapis.com/Instance"`,
  };
  const rights = Object.entries(roles).map(
    ([word, role]) => new gcp.projects.IAMMember(`${name}-${word}`, { project, role, member: member(account), condition }, { parent }),
  );
  if (source !== server) return rights;
  const user = new gcp.sql.User(
    `${name}-user`,
    {
      instance: instance.name,
      name: account.apply(address => userName(engine, address)),
      type: "CLOUD_IAM_SERVICE_ACCOUNT",
      deletionPolicy: "ABANDON", // Google drops no user that was granted anything in SQL; without the rights it cannot log in
    },
    { parent },
  );
  return [...rights, user];
}

/** PostgreSQL's names are too short for a whole address; MySQL's server cuts it by itself: https://cloud.google.com/sql/docs/postgres/add-manage-iam-users */
export const userName = (engine: "postgres" | "mysql", address: string): string =>
  engine === "postgres" ? address.replace(/\.gserviceaccount\.com$/, "") : address;
