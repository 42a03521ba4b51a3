/** What backend services of either reach have in common. */
import type { PoolSpec, RoutesSpec } from "../../components/balancer/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { servedShare } from "./facts/scaling.ts";
import type { On } from "./natives.ts";

/** Every request, in the project's own logs, which the sink takes to the stack's destination. */
export const logOf = ({ logs }: RoutesSpec) => (logs === null ? { enable: false } : { enable: true, sampleRate: 1 });

/** The group behind a pool: whatever its role runs now, named by its instance group. */
export const instancesOf = ({ role }: PoolSpec, on: Pick<On<"routes">, "groups">) => pick(on.groups, role).native.manager.instanceGroup;

/**
 * By processor use, unless the group is scaled by requests: then an instance may be given so many that the share which the scaler holds
 * is what was asked. A group has one mode in all its pools, or Google refuses the second.
 */
export const modeOf = (requestsPerMinute: number | null) =>
  requestsPerMinute === null
    ? { balancingMode: "UTILIZATION", maxUtilization: 0.8 }
    : { balancingMode: "RATE", maxRatePerInstance: requestsPerMinute / 60 / servedShare };
const askedOf = ({ scaling }: RoutesSpec, role: string): number | null =>
  Object.hasOwn(scaling, role) ? pick(scaling, role).requestsPerMinute : null;

/** Cookies need a hash that keeps its place: round robin would pass them over. */
export const stickinessOf = ({ stickySeconds }: PoolSpec) =>
  stickySeconds === null
    ? { sessionAffinity: "NONE", localityLbPolicy: "ROUND_ROBIN" }
    : { sessionAffinity: "GENERATED_COOKIE", affinityCookieTtlSec: stickySeconds, localityLbPolicy: "MAGLEV" };

/** What an application balancer's listeners speak: a proxy for each. */
export const protocolsOf = ({ listeners }: RoutesSpec) => [...new Set(Object.values(listeners).map(({ protocol }) => protocol))];

/** A pool behind proxies. */
export const proxiedPool = (spec: RoutesSpec, key: string, pool: PoolSpec, on: On<"routes">) => ({
  protocol: pool.protocol.toUpperCase(),
  portName: pool.portName,
  healthChecks: pick(on.balancer.native.checks, key),
  backends: [{ group: instancesOf(pool, on), capacityScaler: 1, ...modeOf(askedOf(spec, pool.role)) }],
  timeoutSec: spec.idleSeconds, // of an answer, and of a silent WebSocket
  connectionDrainingTimeoutSec: pool.drainSeconds,
  ...stickinessOf(pool),
  ipAddressSelectionPolicy: "IPV4_ONLY", // the way that rules open
  logConfig: logOf(spec),
});
