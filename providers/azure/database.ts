import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { lock } from "./lock.ts";
import * as mysql from "./mysql.ts";
import type { AzureNatives, On, OnGround, OnSite, Out } from "./natives.ts";
import * as postgres from "./postgres.ts";
import { privateEndpoint } from "./private-endpoint.ts";

type Spec = DatabaseSpec | ReplicaSpec;
type Server = AzureNatives["database"]["server"];

/** A flexible server with no public side and a private endpoint in the data tier; then its parameters and databases, one after the other. */
export function database(scope: Scope, spec: DatabaseSpec, on: On<"database">): Out<"database"> {
  const server = spec.engine === "postgres" ? postgres.primary(scope, spec, on) : mysql.primary(scope, spec, on);
  const settings = settingsOf(scope, spec, server, { pooled: spec.pooler !== null, databases: spec.databases }, on);
  const around = aroundOf(scope, spec, server, scope.name, on);
  return {
    host: server.fullyQualifiedDomainName,
    port: spec.pooler === null ? spec.port : spec.pooler.port,
    secret: spec.admin.secret === null ? null : pick(on.secrets.references, spec.admin.secret),
    native: { server },
    ready: [server, ...settings, ...around],
  };
}

/** A read replica with a key, an endpoint and parameters of its own; in the other region too. */
export function replica(scope: Scope, spec: ReplicaSpec, on: On<"replica">): Out<"database"> {
  const server = spec.engine === "postgres" ? postgres.replica(scope, spec, on) : mysql.replica(scope, spec, on);
  const settings = settingsOf(scope, spec, server, { pooled: false, databases: [] }, on);
  const around = aroundOf(scope, spec, server, spec.source, on);
  return {
    host: server.fullyQualifiedDomainName,
    port: spec.port,
    secret: null,
    native: { server },
    ready: [server, ...settings, ...around],
  };
}

interface Contents {
  readonly pooled: boolean;
  readonly databases: readonly string[];
}

/** The server is busy while it takes a parameter or makes a database, and refuses the next one: so they form a chain. */
function settingsOf(scope: Scope, spec: Spec, server: Server, { pooled, databases }: Contents, on: OnGround): readonly pulumi.Resource[] {
  const engine = spec.engine === "postgres" ? postgres : mysql;
  const values = {
    ...(spec.insights ? engine.insight : {}),
    ...(pooled ? engine.pooler : {}),
    ...Object.fromEntries(Object.entries(spec.parameters).map(([key, { value }]) => [key, value])),
  };
  const steps = [
    ...Object.entries(values).map(
      ([key, value]) =>
        (after: pulumi.Resource) =>
          engine.parameter(scope, server, key, value, after, on),
    ),
    ...databases.map(key => (after: pulumi.Resource) => engine.contents(scope, server, key, after, on)),
  ];
  return steps.reduce<readonly pulumi.Resource[]>((made, step) => [...made, step(last(made, server))], []);
}

const last = (made: readonly pulumi.Resource[], first: pulumi.Resource): pulumi.Resource => made.reduce((_, one) => one, first);

/** What both kinds of server carry around them: the way in, the logs, the lock. `peer` is the network identity that flows name. */
function aroundOf(scope: Scope, spec: Spec, server: Server, peer: string, on: OnGround & OnSite): readonly pulumi.Resource[] {
  const diagnostics = new azure.monitor.DiagnosticSetting(
    `${scope.name}-diagnostics`,
    {
      name: "logs",
      resourceUri: server.id,
      workspaceId: on.logs.destination,
      logs: [{ categoryGroup: "allLogs", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    { parent: scope.parent },
  );
  const group = pick(on.peers.native.groups, peer);
  return [
    ...privateEndpoint(scope, { service: spec.engine, target: server, peer: group, subnets: spec.subnets }, on),
    diagnostics,
    ...lock(scope, "server", server),
  ];
}
