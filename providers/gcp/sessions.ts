/** Identity-Aware Proxy: it asks who comes, and opens a connection to port 22 of hosts that have no public address. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { On } from "./natives.ts";

type Session = NonNullable<EntrySpec["session"]>;

export interface Sessions {
  readonly line: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

export function sessions(scope: Scope, spec: Session, on: On<"entry">): Sessions {
  const { name, parent, tags } = scope;
  const { project } = on.foundation.native;
  const dependsOn = [...on.foundation.ready];
  const log = spec.logs
    ? [
        new gcp.projects.IAMAuditConfig(
          `${name}-audit`,
          {
            project,
            service: "iap.googleapis.com",
            auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map(logType => ({ logType })),
          },
          { parent, dependsOn }, // one for the project: the last deploy decides, and a stack that goes takes it along
        ),
      ]
    : [];
  const rights = spec.people.flatMap(person => operator(scope, spec, person, on));
  const first = spec.roles.slice(0, 1).join();
  const host = `$(gcloud compute instances list --project=${project} --filter='labels.system=${pick(tags, "system")} AND labels.env=${pick(tags, "env")} AND labels.role=${first} AND status=RUNNING' --limit=1 --format='value[separator=" --zone="](name,zone.basename())')`;
  return { line: pulumi.output(`gcloud compute ssh --tunnel-through-iap --project=${project} ${host}`), ready: [...log, ...rights] };
}

/** The proxy's door for port 22, a login by one's own account, and to act beside the accounts of the reached roles: without the last no login. */
function operator({ name, parent }: Scope, { roles }: Session, person: string, on: On<"entry">): readonly pulumi.Resource[] {
  const { project } = on.foundation.native;
  const key = person.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const door = new gcp.iap.TunnelIamMember(
    `${name}-door-${key}`,
    {
      project,
      role: "roles/iap.tunnelResourceAccessor",
      member: person,
      condition: { title: "ssh-only", expression: "destination.port == 22" },
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  const login = new gcp.projects.IAMMember(
    `${name}-login-${key}`,
    { project, role: "roles/compute.osAdminLogin", member: person }, // as on the other clouds: who is let in may repair
    { parent, dependsOn: [...on.foundation.ready] },
  );
  const beside = roles.map(
    role =>
      new gcp.serviceaccount.IAMMember(
        `${name}-beside-${role}-${key}`,
        { serviceAccountId: pick(on.identities.native.accounts, role).name, role: "roles/iam.serviceAccountUser", member: person },
        { parent },
      ),
  );
  return [door, login, ...beside];
}
