/** Who answers: the role behind each pool, how it is spoken to and asked for its health, and the way that flows leave to it. */
import { callersOn } from "../access/letsIn.ts";
import type { AccessArgs } from "../access/model.ts";
import type { GroupSpec } from "../compute/model.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import { taken } from "../kernel/taken.ts";
import { authorityOf } from "./authority.ts";
import type { BalancerArgs, BalancerSpec, PoolSpec } from "./model.ts";
import type { BalancerOn } from "./resolve.ts";

type Named<T> = Readonly<Record<string, T>>;

/** A pool but for the certificate that its role shows. */
type Judged = Omit<PoolSpec, "authority">;

/** Every pool that a role answers. */
export function poolsOf(path: string, args: BalancerArgs, name: string, on: BalancerOn, known: Known): Named<PoolSpec> {
  const pools = Object.fromEntries(
    Object.entries(args.pools).flatMap(([pool, one]): [string, PoolSpec][] => {
      const at = `${path}.pools.${pool}`;
      const spec = poolOf(at, pool, one, args.form, on, known);
      if (spec === null) return [];
      const authority = authorityOf(at, one.authority, spec, args.form, Object.keys(on.certificates), known);
      return [[pool, { ...judgePool(at, spec, args.form, known), authority }]];
    }),
  );
  if (Object.keys(args.pools).length === 0)
    known.findings.refuse(`${path}.pools`, "expected a pool, got none", "name who answers, such as `web: {}` for the role web");
  judgeWays(path, name, pools, on.access, known);
  if (args.form === "network" && args.scheme === "public") judgeAnswers(path, pools, on, known);
  return pools;
}

/** Connecting says that it works, where a role has no check of its own. */
const tcpHealth = { intervalSeconds: 30, timeoutSeconds: 5, healthy: 2, unhealthy: 3 };

function poolOf(
  path: string,
  name: string,
  pool: BalancerArgs["pools"][string],
  form: BalancerSpec["form"],
  on: BalancerOn,
  known: Known,
): Judged | null {
  const role = pool.role ?? name;
  const group = groupOf(path, role, on, known);
  if (group === null) return null;
  const port = group.ports[pool.port];
  if (port === undefined) {
    known.findings.refuse(
      `${path}.port`,
      `no port of ${role} is called "${pool.port}"`,
      `use one of ${Object.keys(group.ports).join(", ") || "none: give the role ports"}`,
    );
    return null;
  }
  const protocol = form === "network" ? "tcp" : pool.protocol;
  return {
    role,
    portName: pool.port,
    port,
    protocol,
    health: { ...healthOf(group, port, form, protocol), codes: pool.healthyCodes },
    stickySeconds: pool.stickySeconds,
    drainSeconds: pool.drainSeconds,
  };
}

/** The group that answers; machines and strangers are refused. */
function groupOf(path: string, role: string, on: BalancerOn, { findings }: Known): GroupSpec | null {
  const group = on.groups[role];
  if (group !== undefined) return group;
  const groups = Object.keys(on.groups);
  if (!on.roles.includes(role))
    findings.refuse(
      `${path}.role`,
      `no role is called "${role}"`,
      groups.length === 0 ? "add it to roles" : `${proposal(role, groups)}; a pool is called as its role unless it says \`role\``,
    );
  else if (!Object.hasOwn(on.groups, role))
    findings.refuse(
      `${path}.role`,
      `expected a role of kind group, got "${role}", which is none`,
      "make it a group: a balancer's instances are replaceable",
    );
  return null;
}

function healthOf(
  { health }: GroupSpec,
  port: number,
  form: BalancerSpec["form"],
  protocol: PoolSpec["protocol"],
): Omit<PoolSpec["health"], "codes"> {
  // A network balancer connects, unless the role's own check asks the very port.
  const own = form === "network" && health?.port !== port ? null : health;
  // An application balancer needs an answer it can read.
  const asked =
    own === null || (form === "application" && own.protocol === "tcp")
      ? { ...tcpHealth, protocol: form === "network" ? ("tcp" as const) : protocol, port, path: "/health" }
      : own;
  return {
    protocol: asked.protocol,
    port: asked.port,
    path: asked.path,
    intervalSeconds: asked.intervalSeconds,
    timeoutSeconds: asked.timeoutSeconds,
    healthy: asked.healthy,
    unhealthy: asked.unhealthy,
  };
}

function judgePool(path: string, pool: Judged, form: BalancerSpec["form"], known: Known): Judged {
  const { facts, findings } = known;
  const limits = facts.limits.balancer;
  if (pool.health.codes !== "200-299" && form === "application") findings.use(`${path}.healthyCodes`, limits.healthyCodes);
  findings.use(`${path}.health.healthy`, limits.healthyThreshold);
  findings.use(`${path}.health.timeoutSeconds`, limits.healthTimeout);
  const sticky = limits.sticky[form];
  if (pool.stickySeconds !== null) findings.use(`${path}.stickySeconds`, sticky, String(pool.stickySeconds));
  findings.use(`${path}.drainSeconds`, limits.drain[form]);
  return {
    ...pool,
    // Met another way, it still is met.
    stickySeconds:
      pool.stickySeconds !== null && sticky.is !== "absent"
        ? taken(`${path}.stickySeconds`, pool.stickySeconds, limits.stickySeconds, known)
        : null,
  };
}

/** Where connections are handed on, answers may leave by the routes of the role's own tier. */
function judgeAnswers(path: string, pools: Named<PoolSpec>, { groups, network }: BalancerOn, { facts, findings }: Known): void {
  for (const [pool, { role }] of Object.entries(pools)) {
    const tier = groups[role]?.tier;
    if (tier !== undefined && network.tiers[tier]?.egress === "none")
      findings.use(`${path}.pools.${pool}`, facts.limits.balancer.withoutWayOut, role);
  }
}

/** A balancer that no flow lets through to a pool would find it ill for ever. */
function judgeWays(path: string, name: string, pools: Named<PoolSpec>, access: AccessArgs, { findings }: Known): void {
  const asked = Object.entries(pools).flatMap(([pool, { role, port, health }]) =>
    [...new Set([port, health.port])].map(number => [pool, { role, port: number }] as const),
  );
  for (const [pool, { role, port }] of asked) {
    if (!callersOn(access, role, port).includes(name))
      findings.refuse(
        `${path}.pools.${pool}`,
        `expected a flow from ${name} to ${role} on port ${port}, got none`,
        `add to access.flows: ${name}-${role}: { from: [${name}], to: [${role}], ports: [${port}] }`,
      );
  }
}
