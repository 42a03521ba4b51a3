/** Decides every compute role: counts, spread, health, scaling. */
import { address, contains, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { pick } from "../kernel/pick.ts";
import type { Sized } from "../kernel/sizing.ts";
import { taken } from "../kernel/taken.ts";
import type { NetworkSpec } from "../network/model.ts";
import { boundsOf, resolveScaling } from "../scaling/resolve.ts";
import { classOf, diskOf, hostOf, tierSubnets } from "./host.ts";
import type { GroupArgs, GroupSpec, HealthSpec, MachineArgs, MachineSpec } from "./model.ts";

function healthOf(path: string, role: GroupArgs, known: Known): HealthSpec | null {
  const { facts, findings } = known;
  const limits = facts.limits.compute;
  if (role.health === null) return null;
  const port = role.ports[role.health.port];
  if (port === undefined) {
    // The default port may be absent: a role that answers nobody. One that was named may not.
    if (role.health.port === "app")
      findings.note(`${path}.health`, "no port is called `app`, so nobody asks for its health; `health: off` says so");
    else
      findings.refuse(
        `${path}.health.port`,
        `no port of this role is called "${role.health.port}"`,
        `use one of ${Object.keys(role.ports).join(", ")}`,
      );
    return null;
  }
  if (role.health.timeoutSeconds >= role.health.intervalSeconds)
    findings.refuse(
      `${path}.health.timeoutSeconds`,
      `expected less than the interval of ${role.health.intervalSeconds} s, got ${role.health.timeoutSeconds}`,
      `use ${Math.max(2, Math.floor(role.health.intervalSeconds / 2))}`,
    );
  findings.use(`${path}.health`, limits.health);
  findings.use(`${path}.health.timeoutSeconds`, limits.healthTimeout);
  findings.use(`${path}.health.healthy`, limits.healthyThreshold);
  return {
    ...role.health,
    port,
    intervalSeconds: taken(`${path}.health.intervalSeconds`, role.health.intervalSeconds, limits.healthSeconds.intervalSeconds, known),
    graceSeconds: taken(`${path}.health.graceSeconds`, role.health.graceSeconds, limits.healthSeconds.graceSeconds, known),
  };
}

function countOf(
  path: string,
  { min, desired = min, max = Math.max(desired, 2 * min) }: GroupArgs["count"],
  { findings }: Known,
): GroupSpec["count"] {
  if (!(min <= desired && desired <= max))
    findings.refuse(
      `${path}.count`,
      `expected min <= desired <= max, got ${min}/${desired}/${max}`,
      `write {min: ${min}, desired: ${Math.max(min, desired)}, max: ${Math.max(min, desired, max)}}`,
    );
  return { min, desired, max };
}

export function resolveGroup(
  name: string,
  role: GroupArgs,
  network: NetworkSpec,
  zones: readonly string[],
  known: Known,
): Sized<GroupSpec> | null {
  const path = `roles.${name}`;
  const { facts, findings } = known;
  const size = classOf(path, role, known);
  const subnets = tierSubnets(path, role.tier, network, known);
  const scaling = resolveScaling(path, role.scaling, known);
  const count = boundsOf(countOf(path, role.count, known), scaling.schedules, known);
  const allSpot = role.spotPercent === 100 && count.min === 0; // nothing to mix
  const spot = role.spotPercent > 0 && (allSpot || findings.use(`${path}.spotPercent`, facts.limits.compute.spotMix));
  const rollback =
    role.rollback &&
    findings.use(`${path}.rollback`, facts.limits.compute.rollback, true) &&
    (!facts.images[role.image] || findings.use(`${path}.rollback`, facts.limits.compute.rollbackWithImageAlias, true));
  const health = healthOf(path, role, known);
  if (health === null) findings.use(`${path}.health`, facts.limits.compute.rollingWithoutHealth);
  const host = hostOf(name, path, role, size?.choice ?? null, known);
  if (size === null) return null;
  const spec: GroupSpec = {
    ...host,
    subnets,
    zones,
    count,
    health,
    scaling,
    joins: [], // balancers are decided after the roles they name
    spot: spot ? { onDemandBase: count.min, percent: role.spotPercent } : null,
    rollback,
  };
  return { spec, ...size };
}

function addressOf(path: string, text: string, subnet: string, network: NetworkSpec, { facts, findings }: Known): string {
  const range = parseRange(pick(network.subnets, subnet).cidr);
  const value = address(text);
  // Clouds keep the first four addresses and the last one; on Google only the first two and the last two. The widest set is kept everywhere.
  const offset = value - range.first;
  const last = 2 ** (32 - range.prefix) - 1;
  if (!contains(range, { first: value, prefix: 32 }) || offset < 4 || offset > last - 2)
    findings.refuse(
      `${path}.address`,
      `expected a free address of ${pick(network.subnets, subnet).cidr} on ${facts.cloud}, got "${text}"`,
      "use one from the fifth to the third last address of the subnet",
    );
  return text;
}

/** Fewer or sooner gone is a person's choice between two promises, so nothing is shortened here. */
function checkSnapshots(path: string, { snapshots: { everyHours, keepDays } }: MachineArgs, { facts, findings }: Known): void {
  const { snapshots, maxSnapshots } = facts.limits.compute;
  findings.use(`${path}.snapshots`, snapshots);
  const perDay = 24 / everyHours;
  if (maxSnapshots === null || perDay * keepDays <= maxSnapshots) return;
  findings.refuse(
    `${path}.snapshots`,
    `expected at most ${maxSnapshots} snapshots of a volume on ${facts.cloud}, got ${perDay * keepDays}`,
    `keep them ${Math.floor(maxSnapshots / perDay)} days, or take them less often`,
  );
}

export function resolveMachine(
  name: string,
  role: MachineArgs,
  network: NetworkSpec,
  zones: readonly string[],
  known: Known,
): Sized<MachineSpec> | null {
  const path = `roles.${name}`;
  const { facts, findings } = known;
  const size = classOf(path, role, known);
  const subnets = tierSubnets(path, role.tier, network, known);
  if (role.instances > 1 && (role.address !== undefined || role.zone !== undefined))
    findings.refuse(
      `${path}.${role.address === undefined ? "zone" : "address"}`,
      `expected none where there are several instances, got one for ${role.instances}`,
      "leave it out, or make each instance a role of its own",
    );
  if (role.zone !== undefined && !zones.includes(role.zone))
    findings.refuse(`${path}.zone`, `expected one of ${zones.join(", ")}, got "${role.zone}"`, "use a zone of the network");
  if (Object.keys(role.volumes).length > 0) checkSnapshots(path, role, known);
  const host = hostOf(name, path, role, size?.choice ?? null, known);
  const volumes = Object.fromEntries(
    Object.entries(role.volumes).map(([volume, disk]) => [volume, diskOf(`${path}.volumes.${volume}`, disk, known)]),
  );
  if (size === null || subnets.length === 0) return null;
  const fixed = role.instances === 1 ? role.address : undefined;
  const zonal = facts.limits.network.subnets === "zonal";
  const instances = Object.fromEntries(
    Array.from({ length: role.instances }, (_, index) => {
      const zone = role.zone ?? zones[index % zones.length] ?? "a";
      const subnet = zonal ? (subnets.find(key => pick(network.subnets, key).zone === zone) ?? subnets[0] ?? "") : (subnets[0] ?? "");
      return [String(index + 1), { subnet, zone, address: fixed === undefined ? null : addressOf(path, fixed, subnet, network, known) }];
    }),
  );
  const spec: MachineSpec = {
    ...host,
    instances,
    volumes,
    snapshots: role.snapshots,
  };
  return { spec, ...size };
}
