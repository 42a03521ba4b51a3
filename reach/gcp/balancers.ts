/**
 * Who comes through fronts: to them from outside, and from them to the hosts behind.
 * Proxies come to hosts from Google's ranges or from the network's proxy subnet; a front that hands packets on leaves the caller's address.
 */
import { intersection, none, type PortSet, union } from "../ports.ts";
import { isPrivate, type Range } from "../ranges.ts";
import type { Strand } from "../strands.ts";
import { textOf } from "../values.ts";
import { type Front, schemeOf } from "./fronts.ts";
import { type Host, nothing, type Party } from "./parties.ts";
import { calledAt, frontEnds, type Guarded, hostsBehind, isProbe, type Outside, probes, type Scene } from "./reaches.ts";
import { judge } from "./rules.ts";

const stranger = (network: string | undefined, range: Range): Party => ({
  network,
  ranges: [range],
  owners: nothing,
  accounts: nothing,
  tags: nothing,
});

/** Where a proxy's own connections come from: Google's front ends, or for proxies of a region the network's subnet for them. */
function proxiesOf({ ground }: Scene, { rule }: Front): readonly Range[] {
  const region = textOf(rule.inputs.region);
  if (!schemeOf(rule).endsWith("_MANAGED") || (region === undefined && schemeOf(rule).startsWith("EXTERNAL"))) return frontEnds;
  return [...ground.subnets.values()]
    .filter(subnet => subnet.proxyOnly && (region === undefined || subnet.region === region))
    .flatMap(subnet => subnet.ranges);
}

/** Ports of the pools that a host is in. */
const portsAt = ({ pools }: Front, host: Host, part: "serves" | "asked"): PortSet =>
  union(...pools.filter(pool => pool.hosts.has(host.resource.urn)).map(pool => pool[part]));

function fromProxies(scene: Scene, front: Front, host: Guarded): readonly Strand[] {
  const serves = portsAt(front, host, "serves");
  const ends = { from: front.end, to: host.end, place: host.place };
  return proxiesOf(scene, front).flatMap(range =>
    judge(host.inward, true, host, stranger(host.network, range), range.family).map(grant => ({
      ...ends,
      ports: intersection(grant.ports, serves),
      through: [front.rule.name, grant.name],
    })),
  );
}

/**
 * Who may call from outside. An internal front is called through lines and VPNs, which nothing filters before a proxy:
 * every private range that rules name. Whether a line leads there is not judged, as for hosts.
 */
function fromOutside({ outside }: Scene, { rule, end, place, ports, callers, isPublic }: Front): readonly Strand[] {
  const others = isPublic ? callers : outside.filter(({ range }) => isPrivate(range)).map(other => other.end);
  return others.map(from => ({ from, to: end, place, ports, through: [rule.name] }));
}

/** Whether someone outside may come to the front's address at all. */
const comes = ({ isPublic }: Front, { range }: Outside): boolean => (isPublic ? !isPrivate(range) && !isProbe(range) : isPrivate(range));

/** Packets that are handed on meet the rules at the host with the caller's address, and with the front's as their goal. */
function handedOn(scene: Scene, front: Front, host: Guarded): readonly Strand[] {
  const self = calledAt(host, front);
  const family = front.rule.inputs.ipVersion === "IPV6" ? 6 : 4;
  const onward = { from: front.end, to: host.end, place: host.place };
  const throughTo = (other: Party): readonly Pick<Strand, "ports" | "through">[] =>
    judge(host.inward, true, self, other, family).map(grant => ({
      ports: intersection(grant.ports, front.ports),
      through: [front.rule.name, grant.name],
    }));
  const members = front.isPublic ? [] : scene.hosts.filter(other => other.end !== host.end);
  const asking = probes.filter(range => range.family === family).map(range => stranger(undefined, range));
  const callers = scene.outside.filter(other => other.range.family === family && comes(front, other));
  return [
    ...callers.flatMap(other => throughTo(other).map(strand => ({ ...strand, from: other.end, to: front.end, place: front.place }))),
    ...[...callers, ...members, ...asking].flatMap(other => throughTo(other).map(strand => ({ ...strand, ...onward }))),
  ];
}

/** Ways in by the balancers that face the internet, and on to the hosts behind these and the internal ones. */
export function balanced(scene: Scene): readonly Strand[] {
  return scene.fronts.flatMap(front => {
    const hosts = hostsBehind(scene, front);
    return front.handsOn
      ? hosts.flatMap(host => handedOn(scene, front, host))
      : [...fromOutside(scene, front), ...hosts.flatMap(host => fromProxies(scene, front, host))];
  });
}

/** Where Google's ranges come to a host as a balancer's, and where for its own group's sake. */
export function askedAt(fronts: readonly Front[], healed: ReadonlyMap<string, PortSet>, host: Host): Pick<Guarded, "balanced" | "healed"> {
  const theirs = fronts.map(front => {
    const serves = portsAt(front, host, "serves");
    return union(front.handsOn ? intersection(serves, front.ports) : serves, portsAt(front, host, "asked"));
  });
  return { balanced: union(...theirs), healed: healed.get(host.resource.urn) ?? none };
}
