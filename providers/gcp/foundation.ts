import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { FoundationSpec } from "../../components/foundation/model.ts";
import { member } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** The provider, the enabled APIs and the service agents that encrypt. The project is adopted, never made. */
export function foundation({ name, parent, place }: Scope, spec: FoundationSpec, on: On<"foundation">): Out<"foundation"> {
  const { gcpProject: project, gcpProjectNumber: number } = spec.account;
  const provider = new gcp.Provider(
    `${name}-provider`,
    {
      project,
      region: place.region,
      defaultLabels: spec.tags,
      addPulumiAttributionLabel: false, // one label of Pulumi's would show as a difference on everything imported
      ...(spec.offline ? { accessToken: "offline" } : {}),
    },
    { parent },
  );
  const services = spec.services.map(
    service =>
      new gcp.projects.Service(
        // A destroy leaves the APIs on: others may live in the same project.
        `${name}-api-${service.replace(".googleapis.com", "")}`,
        { project, service, disableOnDestroy: false, disableDependentServices: false },
        { parent, provider },
      ),
  );
  const agent = (key: string, service: string): pulumi.Output<string> =>
    new gcp.projects.ServiceIdentity(`${name}-agent-${key}`, { project, service }, { parent, provider, dependsOn: services }).member;
  return {
    providers: [provider],
    suffix: on.suffix,
    native: {
      project,
      agents: {
        // These four are born with the project or by their API; `ServiceIdentity` refuses them, so they are spelt out.
        compute: member(`service-${number}@compute-system.iam.gserviceaccount.com`),
        storage: member(`service-${number}@gs-project-accounts.iam.gserviceaccount.com`),
        logs: member(`service-${number}@gcp-sa-logging.iam.gserviceaccount.com`),
        cdn: member(`service-${number}@https-lb.iam.gserviceaccount.com`), // by the first backend bucket: https://cloud.google.com/cdn/docs/configure-private-bucket-access
        database: agent("database", "sqladmin.googleapis.com"),
        cache: agent("cache", "redis.googleapis.com"),
        secrets: agent("secrets", "secretmanager.googleapis.com"),
      },
    },
    ready: services,
  };
}
