/** Decides every database and its replicas. */
import { answer, askText, judgeSpeed } from "../kernel/ask.ts";
import type { Known } from "../kernel/known.ts";
import type { PlaceKey } from "../kernel/places.ts";
import type { Sized } from "../kernel/sizing.ts";
import { stepped } from "../kernel/steps.ts";
import type { VersionRow } from "../kernel/tables.ts";
import type { NetworkSpec } from "../network/model.ts";
import { backupsOf } from "./backups.ts";
import type { DatabaseArgs, DatabaseSpec, DatabaseStorageSpec, ReplicaSpec } from "./model.ts";
import { parametersOf } from "./parameters.ts";
import { speedOf, storageOf } from "./storage.ts";

const defaultVersion = { postgres: "15", mysql: "8.4" } as const;
const ports = { postgres: 5432, mysql: 3306 } as const;

function versionOf(path: string, engine: "postgres" | "mysql", asked: string, { facts, findings }: Known): VersionRow | null {
  const rows = facts.versions[engine];
  const row = rows.find(candidate => candidate.version === asked);
  if (row === undefined)
    findings.refuse(
      `${path}.version`,
      `expected a ${engine} that can be created on ${facts.cloud}, got "${asked}"`,
      `use one of ${rows.map(candidate => candidate.version).join(", ")}`,
    );
  return row ?? null;
}

/** The primary's zone: a pin that the cloud does not take together with a standby is dropped with a note. */
function zoneOf(path: string, zone: string | undefined, ha: boolean, zones: readonly string[], { facts, findings }: Known): string | null {
  if (zone === undefined) return null;
  if (!zones.includes(zone))
    findings.refuse(`${path}.zone`, `expected one of ${zones.join(", ")}, got "${zone}"`, "use a zone of the network");
  return ha && !findings.use(`${path}.zone`, facts.limits.database.zoneWithHa) ? null : zone;
}

function adminOf(
  name: string,
  path: string,
  args: DatabaseArgs,
  rotation: number,
  { facts, findings, system }: Known,
): DatabaseSpec["admin"] {
  const managed = args.password === "managed" && findings.use(`${path}.password`, facts.limits.database.managedPassword, args.password);
  if (managed && Object.keys(args.replicas).length > 0)
    findings.use(`${path}.password`, facts.limits.database.managedPasswordWithReplicas, args.password);
  const username = args.adminUser ?? system.replaceAll("-", "_").slice(0, 16);
  const taken = ["admin", "administrator", "root", "postgres", "azure_superuser", "cloudsqladmin", "rdsadmin", "public", "guest"];
  if (taken.includes(username))
    findings.refuse(
      `${path}.adminUser`,
      `expected a login that no cloud keeps for itself, got "${username}"`,
      `use "${system.replaceAll("-", "_").slice(0, 12)}_ops"`,
    );
  return { username, managed, secret: managed ? null : name, rotation };
}

/** What a primary and its replicas share. */
function serverOf(args: DatabaseArgs, version: VersionRow, place: PlaceKey, network: NetworkSpec, logRetentionDays: number) {
  return {
    place,
    engine: args.engine,
    version: version.version,
    versionLiteral: version.literal,
    family: version.family,
    subnets: network.tiers.data?.subnets ?? [],
    maintenance: args.maintenance,
    encryptionKey: args.encryptionKey === undefined ? null : { purpose: args.encryptionKey, place },
    identityLogin: args.identityLogin,
    insights: args.insights,
    monitoringSeconds: args.monitoringSeconds,
    logRetentionDays,
    port: ports[args.engine],
  };
}

function judgeClassSpeed(
  path: string,
  className: string,
  storage: DatabaseStorageSpec,
  asked: number | undefined,
  { facts, findings }: Known,
): void {
  const sustained = facts.databaseClassIops(className);
  const wanted = asked ?? storage.iops;
  if (sustained !== null && wanted !== null && wanted !== undefined && sustained < wanted)
    findings.note(`${path}.storage.iops`, `${wanted} is what the volume gives; ${className} sustains about ${sustained}`);
}

export interface Sites {
  readonly primary: NetworkSpec;
  readonly secondary: NetworkSpec | null;
}

function judgeReplica(
  path: string,
  { place, storageGiB }: DatabaseArgs["replicas"][string],
  storage: DatabaseStorageSpec,
  sites: Sites,
  { facts, findings }: Known,
): void {
  if (sites[place] === null)
    findings.refuse(
      `${path}.place`,
      `expected a second region for "${place}", got none`,
      "set strata:secondaryRegion, or place it in primary",
    );
  if (storageGiB !== undefined && stepped(storageGiB, facts.limits.database.storageSteps) < storage.gib)
    findings.refuse(`${path}.storageGiB`, `expected at least the primary's ${storage.gib}, got ${storageGiB}`, "leave it out");
}

export interface DatabaseDecision {
  readonly primary: Sized<DatabaseSpec>;
  /** By component name. */
  readonly replicas: Readonly<Record<string, Sized<ReplicaSpec> & { readonly path: string }>>;
}

export function resolveDatabase(
  name: string,
  args: DatabaseArgs,
  sites: Sites,
  zones: readonly string[],
  rotation: number,
  logDays: number,
  known: Known,
): DatabaseDecision | null {
  const path = `databases.${name}`;
  const { facts, findings, system } = known;
  const { limits } = facts;
  if (sites.primary.tiers.data === undefined)
    findings.refuse(
      path,
      `expected a data tier for the database to live in, got ${Object.keys(sites.primary.tiers).join(", ") || "no tier"}`,
      "add `data: {}` to network.tiers",
    );
  const version = versionOf(path, args.engine, args.version ?? defaultVersion[args.engine], known);
  const table = facts.sizes[args.engine];
  const choice = answer(`${path}.size`, args.size, table, {}, findings);
  const storage = storageOf(`${path}.storage`, args.storage, args.encryptionKey, known);
  const backups = backupsOf(`${path}.backups`, args, choice === null ? null : facts.databaseEdition(choice.class, args.engine), known);
  const admin = adminOf(name, path, args, rotation, known);
  const pooled = args.pooler && findings.use(`${path}.pooler`, limits.database.pooler[args.engine], true);
  const databases = Object.keys(args.databases).length === 0 ? [system.replaceAll("-", "_")] : Object.keys(args.databases);
  if (databases.length > 1) findings.use(`${path}.databases`, limits.database.extraDatabases);
  if (args.exchange !== undefined) findings.use(`${path}.exchange`, limits.database.exchange[args.engine], args.exchange);
  if (args.identityLogin) findings.use(`${path}.identityLogin`, limits.database.identityLogin[args.engine], true);
  if (args.identityLogin && pooled) findings.use(`${path}.pooler`, limits.database.identityLoginWithPooler);
  if (args.insights) findings.use(`${path}.monitoringSeconds`, limits.database.monitoringSeconds);
  const members = Object.entries(args.replicas);
  if (members.length > limits.database.maxReplicas)
    findings.refuse(
      `${path}.replicas`,
      `expected at most ${limits.database.maxReplicas} on ${facts.cloud}, got ${members.length}`,
      `keep ${limits.database.maxReplicas}`,
    );
  const zone = zoneOf(path, args.zone, args.ha, zones, known);
  const sizedMembers = members.map(([key, replica]) => {
    const at = `${path}.replicas.${key}`;
    return {
      key,
      replica,
      at,
      size: replica.size ?? args.size,
      choice: answer(`${at}.size`, replica.size ?? args.size, table, {}, findings),
    };
  });
  for (const { replica, at } of sizedMembers) judgeReplica(at, replica, storage, sites, known);
  const memories = [choice, ...sizedMembers.map(member => member.choice)].flatMap(chosen => (chosen === null ? [] : [chosen.memoryGiB]));
  const smallestGiB = members.length > 0 && memories.length > 0 ? Math.min(...memories) : null;
  const parameters = parametersOf(`${path}.parameters`, args, smallestGiB, known);
  if (version === null || choice === null || sizedMembers.some(member => member.choice === null)) return null;
  if (args.ha && limits.database.withoutHa?.test(choice.class) === true)
    findings.refuse(
      `${path}.ha`,
      `expected a class that can have a standby on ${facts.cloud}, got "${choice.class}"`,
      "name a class that is not burstable, or turn ha off",
    );
  judgeSpeed(`${path}.networkGbps`, args.networkGbps, choice.class, table, findings);
  judgeClassSpeed(path, choice.class, storage, args.storage.iops, known);

  const spec: DatabaseSpec = {
    ...serverOf(args, version, "primary", sites.primary, logDays),
    class: choice.class,
    edition: facts.databaseEdition(choice.class, args.engine),
    storage,
    zone,
    parameters,
    ha: args.ha,
    standbyZone: args.ha && zone !== null ? (zones.find(letter => letter !== zone) ?? null) : null,
    backups,
    admin,
    databases,
    pooler: pooled ? { port: limits.database.poolerPort ?? ports[args.engine] } : null,
    exchange: args.exchange === undefined ? null : { bucket: args.exchange, principal: name },
  };

  const replicas: Record<string, Sized<ReplicaSpec> & { readonly path: string }> = {};
  for (const { key, replica, at, size, choice: chosen } of sizedMembers) {
    const site = sites[replica.place];
    if (site === null || chosen === null) continue;
    const gib = stepped(replica.storageGiB ?? storage.gib, limits.database.storageSteps);
    const componentName = replica.place === "secondary" ? (key === "dr" ? `${name}-dr` : `${name}-${key}-dr`) : `${name}-${key}`;
    const growToGiB = storage.growToGiB === null ? null : Math.max(storage.growToGiB, gib);
    // A disk tier that lifts the primary's size may lie below a larger one's own.
    const own: DatabaseStorageSpec = {
      ...storage,
      ...speedOf(`${path}.storage.iops`, args.storage.iops, storage.type, gib, known),
      gib,
      growToGiB,
    };
    replicas[componentName] = {
      path: at,
      asked: askText(size),
      choice: chosen,
      spec: {
        ...serverOf(args, version, replica.place, site, logDays),
        class: chosen.class,
        edition: facts.databaseEdition(chosen.class, args.engine),
        storage: own,
        zone: replica.zone === undefined ? null : zoneOf(at, replica.zone, false, zones, known),
        parameters,
        source: name,
      },
    };
  }
  return { primary: { spec, asked: askText(args.size), choice }, replicas };
}
