/** Decides every cache. */
import { answer, judgeSpeed } from "../kernel/ask.ts";
import type { Known } from "../kernel/known.ts";
import type { SizeChoice, Sized, SizeTable } from "../kernel/sizing.ts";
import { windowsMeet } from "../kernel/windows.ts";
import type { NetworkSpec } from "../network/model.ts";
import type { CacheArgs, CacheSpec } from "./model.ts";

/** The hour before the usual snapshot window, as for databases. */
const maintenance: CacheSpec["maintenance"] = { day: "sun", window: "04:00-05:00" };

interface Memory {
  readonly asked: string;
  readonly choice: SizeChoice;
  /** Per node where nodes are bought, for the whole where capacity is. */
  readonly usableGiB: number;
}

const two = (value: number): number => Math.round(value * 100) / 100;
/** A need is never rounded down. */
const twoUp = (value: number): number => Math.ceil(Number((value * 100).toFixed(6))) / 100;

/** Chooses the class whose memory, less the reserve, holds what was asked. */
function memoryOf(path: string, args: CacheArgs, reserve: number, perNode: boolean, { facts, findings }: Known): Memory | null {
  const kind = args.shape.kind;
  const shards = kind === "sharded" && !perNode ? args.shape.shards : 1;
  const asked = args.usableGiB === undefined ? undefined : args.usableGiB * shards;
  const { byCapacity } = facts.limits.cache.shapes[kind];
  const fitting: SizeTable = { ...facts.sizes.cache, rows: facts.sizes.cache.rows.filter(row => facts.cacheClass(row.name, kind)) };
  const text = [
    args.class ?? (args.memoryGiB === undefined ? undefined : `${args.memoryGiB} GiB`),
    args.usableGiB === undefined ? undefined : `${args.usableGiB} GiB usable${kind === "sharded" ? " a shard" : ""}`,
  ]
    .filter(part => part !== undefined)
    .join(", ");
  if (args.class === undefined && args.usableGiB === undefined && !(byCapacity && args.memoryGiB !== undefined)) {
    findings.refuse(
      path,
      "expected a size, got none",
      `say usableGiB (memory that data may fill), or a literal class${byCapacity ? " or memoryGiB" : ""}`,
    );
    return null;
  }
  const share = 1 - reserve;
  const need = asked === undefined ? undefined : asked / share;
  if (byCapacity && args.class === undefined) {
    const capacity = args.memoryGiB ?? Math.ceil(need ?? 1);
    if (need !== undefined && capacity < need)
      findings.refuse(
        `${path}.memoryGiB`,
        `expected at least ${Math.ceil(need)} for ${args.usableGiB} GiB usable, got ${capacity}`,
        `use ${Math.ceil(need)}`,
      );
    const row = fitting.rows
      .filter(candidate => candidate.memoryGiB >= capacity)
      .toSorted((one, other) => one.memoryGiB - other.memoryGiB)[0];
    const most = Math.max(...fitting.rows.map(candidate => candidate.memoryGiB));
    if (row === undefined)
      findings.refuse(
        `${path}.${args.memoryGiB === undefined ? "usableGiB" : "memoryGiB"}`,
        `expected at most ${most} GiB on ${facts.cloud}, got ${capacity}`,
        `use ${Math.floor(most * share)}, or the sharded shape`,
      );
    const usd = row?.usdPerHour ?? null;
    const choice: SizeChoice = {
      class: facts.cacheCapacityClass,
      vcpu: 0,
      memoryGiB: capacity,
      usdPerHour: usd === null || row === undefined ? null : (usd * capacity) / row.memoryGiB,
      by: args.memoryGiB === undefined ? "table" : "literal",
      overshoot: `+${two(capacity - (need ?? capacity))} GiB`,
      runnerUp: null,
      rejected: [],
    };
    return { asked: text, choice, usableGiB: capacity * share };
  }
  const table: SizeTable = { ...fitting, rows: fitting.rows.map(row => ({ ...row, arch: "x86_64" as const })) }; // clients never see a cache's processor
  const choice = answer(
    path,
    {
      arch: "x86_64",
      ...(args.class === undefined ? {} : { class: args.class }),
      ...(need === undefined ? {} : { memoryGiB: twoUp(need) }),
    },
    table,
    {},
    findings,
    { path, text: `${two(need ?? 0)} GiB (${asked} usable, and the reserve)` },
  );
  return choice === null ? null : { asked: text, choice, usableGiB: choice.memoryGiB * share };
}

function persistenceOf(path: string, { persistence, shape }: CacheArgs, { facts, findings }: Known): CacheSpec["persistence"] {
  if (persistence === "none") return "none";
  const { support, as } = facts.limits.cache.shapes[shape.kind].persistence[persistence];
  findings.use(`${path}.persistence`, support);
  return as;
}

function replicasOf(path: string, args: CacheArgs, { facts, findings }: Known): number {
  const { maxReplicas } = facts.limits.cache.shapes[args.shape.kind];
  const asked = args.shape.replicas;
  if (asked > maxReplicas && facts.limits.cache.replicaCount.is === "native")
    findings.refuse(`${path}.shape.replicas`, `expected at most ${maxReplicas} on ${facts.cloud}, got ${asked}`, `use ${maxReplicas}`);
  if (asked > 1) findings.use(`${path}.shape.replicas`, facts.limits.cache.replicaCount);
  return Math.min(asked, maxReplicas);
}

export function resolveCache(
  name: string,
  args: CacheArgs,
  network: NetworkSpec,
  zones: readonly string[],
  rotation: number,
  known: Known,
): Sized<CacheSpec> | null {
  const path = `caches.${name}`;
  const { facts, findings } = known;
  const limits = facts.limits.cache;
  const shape = limits.shapes[args.shape.kind];
  if (network.tiers.data === undefined)
    findings.refuse(
      path,
      `expected a data tier for the cache to live in, got ${Object.keys(network.tiers).join(", ") || "no tier"}`,
      "add `data: {}` to network.tiers",
    );
  const rows = facts.versions.redis;
  const version = args.version === undefined ? rows.at(-1) : rows.find(row => row.version === args.version);
  if (version === undefined)
    findings.refuse(
      `${path}.version`,
      `expected a version that can be created on ${facts.cloud}, got "${args.version}"`,
      `use one of ${rows.map(row => row.version).join(", ")}`,
    );
  const fixed = facts.cacheFixedReserve(args.shape.kind);
  if (args.reservedPercent !== undefined && fixed !== null && args.reservedPercent !== fixed)
    findings.use(`${path}.reservedPercent`, limits.reserved);
  const reserve = (fixed ?? args.reservedPercent ?? 25) / 100;
  const perNode = limits.shardCount.is === "native";
  if (args.shape.kind === "sharded") findings.use(`${path}.shape.shards`, limits.shardCount);
  const replicas = replicasOf(path, args, known);
  const memory = memoryOf(path, args, reserve, perNode, known);
  if (Object.keys(args.parameters).length > 0)
    findings.use(`${path}.parameters`, limits.parameters, Object.keys(args.parameters).join(", "));
  if (args.eviction !== undefined) findings.use(`${path}.eviction`, limits.eviction);
  if (!args.multiZone) findings.use(`${path}.multiZone`, limits.singleZone);
  if (args.memoryGiB !== undefined && (args.class !== undefined || !shape.byCapacity))
    findings.note(
      `${path}.memoryGiB`,
      `${args.memoryGiB} is passed over: on ${facts.cloud} ${args.class === undefined ? "this shape is bought by class" : "the class says it"}`,
    );
  if (args.zones !== undefined) {
    findings.use(`${path}.zones`, limits.zones);
    for (const zone of args.zones)
      if (!zones.includes(zone))
        findings.refuse(
          `${path}.zones`,
          `expected zones of the network (${zones.join(", ")}), got "${zone}"`,
          "name zones of the network, or leave it out",
        );
  }
  const snapshots = args.snapshots.days > 0 && findings.use(`${path}.snapshots`, shape.snapshots);
  if (snapshots) findings.use(`${path}.snapshots.window`, limits.snapshotWindow);
  if (snapshots && limits.windowsApart && windowsMeet(args.snapshots.window, maintenance.window))
    findings.refuse(
      `${path}.snapshots.window`,
      `expected hours apart from the maintenance window ${maintenance.window} on ${facts.cloud}, got "${args.snapshots.window}"`,
      "move it",
    );
  const persistence = persistenceOf(path, args, known);
  if (args.encryptionKey !== undefined) findings.use(`${path}.encryptionKey`, shape.key);
  if (version === undefined || memory === null) return null;
  judgeSpeed(`${path}.networkGbps`, args.networkGbps, memory.choice.class, facts.sizes.cache, findings);
  const shards = args.shape.kind === "sharded" ? args.shape.shards : 1;
  const spec: CacheSpec = {
    place: "primary",
    version: version.version,
    versionLiteral: version.literal,
    family: version.family,
    class: memory.choice.class,
    memoryGiB: shape.byCapacity ? memory.choice.memoryGiB : null,
    usableGiB: two(memory.usableGiB * (args.shape.kind === "sharded" && perNode ? shards : 1)),
    sharded: args.shape.kind === "sharded",
    shards,
    replicas,
    eviction: args.eviction ?? null,
    reservedPercent: fixed === null ? reserve * 100 : null,
    auth: shape.auth,
    secret: shape.auth === "iam" ? null : name,
    generated: shape.generated,
    rotation,
    snapshots: snapshots ? args.snapshots : null,
    persistence,
    multiZone: args.multiZone && zones.length > 1 && replicas > 0,
    zones: args.zones ?? zones,
    maintenance,
    encryptionKey: args.encryptionKey === undefined ? null : { purpose: args.encryptionKey, place: "primary" },
    parameters: Object.fromEntries(Object.entries(args.parameters).map(([key, value]) => [key, String(value)])),
    subnets: network.tiers.data?.subnets ?? [],
    port: shape.port,
    clientPorts: shape.clientPorts,
  };
  return { spec, asked: memory.asked, choice: memory.choice };
}
