import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { lock } from "./lock.ts";
import { each, inTurn } from "./lookup.ts";
import * as mysql from "./mysql.ts";
import type { AzureNatives, By, On, OnGround, OnSite, Out } from "./natives.ts";
import * as postgres from "./postgres.ts";
import { privateEndpoint } from "./private-endpoint.ts";

type Spec = DatabaseSpec | ReplicaSpec;
type Server = AzureNatives["database"]["server"];

/** A flexible server with no public side; its parameters and databases, one after the other; last a private endpoint in the data tier. */
export function database(scope: Scope, spec: DatabaseSpec, on: On<"database">): Out<"database"> {
  const server = spec.engine === "postgres" ? postgres.primary(scope, spec, on) : mysql.primary(scope, spec, on);
  const settings = settingsOf(
    scope,
    spec,
    server,
    { pooled: spec.pooler !== null, databases: spec.databases },
    logsOf(scope, server, on),
    on,
  );
  const door = aroundOf(scope, spec, server, scope.name, settings, on);
  return {
    host: server.fullyQualifiedDomainName,
    port: spec.pooler === null ? spec.port : spec.pooler.port,
    secret: spec.admin.secret === null ? null : pick(on.secrets.references, spec.admin.secret),
    native: { server },
    ready: [door],
  };
}

/** A read replica with a key, an endpoint and parameters of its own; in the other region too. */
export function replica(scope: Scope, spec: ReplicaSpec, on: On<"replica">): Out<"database"> {
  const server = spec.engine === "postgres" ? postgres.replica(scope, spec, on) : mysql.replica(scope, spec, on);
  const settings = settingsOf(scope, spec, server, { pooled: false, databases: [] }, logsOf(scope, server, on), on);
  const door = aroundOf(scope, spec, server, spec.source, settings, on);
  return {
    host: server.fullyQualifiedDomainName,
    port: spec.port,
    secret: null,
    native: { server },
    ready: [door],
  };
}

interface Contents {
  readonly pooled: boolean;
  readonly databases: readonly string[];
}

/** The server is busy while it takes a parameter or makes a database, and for some seconds after it says that it is made: `first` lies between. */
function settingsOf(
  scope: Scope,
  spec: Spec,
  server: Server,
  { pooled, databases }: Contents,
  first: pulumi.Resource,
  on: OnGround,
): pulumi.Resource[] {
  const engine = spec.engine === "postgres" ? postgres : mysql;
  const values: By<string> = {
    ...(spec.insights ? engine.insight : {}),
    ...(pooled ? engine.pooler : {}),
    ...each(spec.parameters, (_, { value }) => value),
  };
  const parameters = Object.values(
    inTurn(values, (key, value, after) => engine.parameter(scope, server, key, value, after.length === 0 ? [first] : after, on)),
  );
  const names = Object.fromEntries(databases.map(name => [name, name]));
  const contents = inTurn(names, (name, _, after) =>
    engine.contents(scope, server, name, after.length === 0 ? [first, ...parameters].slice(-1) : after, on),
  );
  return [...parameters, ...Object.values(contents)];
}

/** Where a server's logs and figures go. */
const logsOf = ({ name, parent }: Scope, server: Server, on: OnGround): pulumi.Resource =>
  new azure.monitor.DiagnosticSetting(
    `${name}-diagnostics`,
    {
      name: "logs",
      resourceUri: server.id,
      workspaceId: on.logs.destination,
      logs: [{ categoryGroup: "allLogs", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    { parent },
  );

/** What both kinds of server carry around them: a lock and the way in. `peer` is the network identity that flows name. */
function aroundOf(
  scope: Scope,
  spec: Spec,
  server: Server,
  peer: string,
  after: pulumi.Resource[],
  on: OnGround & OnSite,
): pulumi.Resource {
  lock(scope, "server", server);
  const wanted = { service: spec.engine, target: server, peer: pick(on.peers.native.groups, peer), subnets: spec.subnets };
  return privateEndpoint(scope, wanted, after.slice(-1), on);
}
