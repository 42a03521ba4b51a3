/** Who a balancer listens to: ports, what they speak, and the pool that a listener hands connections to. */
import { callersOn } from "../access/letsIn.ts";
import type { AccessArgs } from "../access/model.ts";
import { isPrivate, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { BalancerArgs, ListenerSpec, PoolSpec } from "./model.ts";

type Named<T> = Readonly<Record<string, T>>;

/** What an application balancer has unless it says otherwise. */
export const standard = {
  https: { port: 443, protocol: "https" as const },
  http: { port: 80, protocol: "redirect" as const },
};

export function listenersOf(path: string, args: BalancerArgs, pools: readonly string[], { facts, findings }: Known): Named<ListenerSpec> {
  const asked = args.listeners ?? (args.form === "application" ? standard : {});
  const taken = new Map<number, string>();
  if (Object.keys(asked).length === 0)
    findings.refuse(`${path}.listeners`, "expected a listener, got none", "add one such as `https: { port: 443, protocol: tcp }`");
  const ends = Object.values(asked).some(({ protocol }) => protocol === "https");
  return Object.fromEntries(
    Object.entries(asked).map(([name, { port, protocol, ...more }]): [string, ListenerSpec] => {
      const at = `${path}.listeners.${name}`;
      const to = "to" in more ? more.to : undefined;
      const other = taken.get(port);
      if (other !== undefined)
        findings.refuse(`${at}.port`, `expected a port of its own, got ${port}, which is that of ${other}`, "use another one");
      taken.set(port, name);
      if ((protocol === "tcp") !== (args.form === "network"))
        findings.refuse(
          `${at}.protocol`,
          `expected ${args.form === "network" ? '"tcp" on a network balancer' : '"https" or "redirect" on an application balancer'}, got "${protocol}"`,
          args.form === "network" ? "say tcp: the role behind it ends TLS" : "say https, or make the balancer's form network",
        );
      if (protocol === "redirect" && port !== 80)
        findings.refuse(`${at}.port`, `expected 80 for a redirect, got ${port}`, "use 80: what answers without TLS only sends to https");
      if (protocol === "redirect" && !ends)
        findings.refuse(at, "expected a listener to send visitors to, got none that ends TLS", "add `https: { port: 443 }`");
      if (protocol === "https" && args.certificates.length === 0)
        findings.refuse(
          `${at}`,
          "expected a certificate for a listener that ends TLS, got none",
          `name one of edge.certificates in ${path}.certificates`,
        );
      if (to !== undefined && !pools.includes(to)) findings.refuse(`${at}.to`, `no pool is called "${to}"`, proposal(to, pools));
      const only = pools.length === 1 ? pools[0] : pools.find(pool => pool === name);
      if (protocol === "tcp" && to === undefined && only === undefined)
        findings.refuse(
          `${at}.to`,
          `expected one of the pools ${pools.join(", ") || "(there are none)"}, got none`,
          "say which pool answers",
        );
      if (protocol === "https" && facts.limits.balancer.offered.application[args.scheme].is === "absent")
        return [name, { port, protocol, pool: null }];
      return [name, { port, protocol, pool: protocol === "tcp" ? (to ?? only ?? "") : null }];
    }),
  );
}

/** Those that stand. Where front ends turn nobody away, a redirect stands only if flows let in whoever reaches it. */
export function answering(
  path: string,
  name: string,
  { scheme }: BalancerArgs,
  listeners: Named<ListenerSpec>,
  access: AccessArgs,
  { facts, findings }: Known,
): Named<ListenerSpec> {
  const { narrowRedirect, innerStrangers } = facts.limits.balancer;
  const near = Object.entries(access.outside).flatMap(([peer, { ranges }]) => (ranges.some(isNear) ? [peer] : []));
  const reaching = scheme === "internal" ? near : ["internet"];
  return Object.fromEntries(
    Object.entries(listeners).filter(([key, { port, protocol }]) => {
      const callers = callersOn(access, name, port);
      const strangers = reaching.filter(peer => !callers.includes(peer));
      if (protocol === "tcp" || strangers.length === 0) return true;
      if (protocol === "redirect") return findings.use(`${path}.listeners.${key}`, narrowRedirect) && narrowRedirect.is === "native";
      if (scheme === "internal") findings.use(`${path}.scheme`, innerStrangers, strangers.join(", "));
      return true;
    }),
  );
}

const isNear = (range: string): boolean => !range.includes(":") && isPrivate(parseRange(range));

/** Where connections are handed on as they come, the role answers on the listener's port. */
export function judgePorts(path: string, listeners: Named<ListenerSpec>, pools: Named<PoolSpec>, { facts, findings }: Known): void {
  for (const [name, { port, pool }] of Object.entries(listeners)) {
    const to = pool === null ? undefined : pools[pool];
    if (to !== undefined && to.port !== port)
      findings.use(`${path}.listeners.${name}.port`, facts.limits.balancer.portsApart, String(port));
  }
}
