/** Decides how people get in. */
import type { AccessArgs } from "../access/model.ts";
import { block, overlaps, parseRange, type Range, rangeText } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { NetworkSpec, Tier } from "../network/model.ts";
import type { SecretSpec } from "../secrets/model.ts";
import { clientsOf } from "./clients.ts";
import type { EntryArgs, EntrySpec } from "./model.ts";
import { sitesOf } from "./sites.ts";

export interface EntryOn {
  readonly network: NetworkSpec;
  /** Ranges that VPNs keep clear of, by path: both networks, and whatever is reached elsewhere. */
  readonly taken: Readonly<Record<string, string>>;
  /** Compute roles of the platform. */
  readonly roles: readonly string[];
  readonly secrets: Readonly<Record<string, SecretSpec>>;
  readonly access: AccessArgs;
  /** The cloud's own services answer on private addresses. */
  readonly privateServices: boolean;
  /** Tier of every member that flows may name. */
  readonly tiers: Readonly<Record<string, Tier>>;
  /** Where a person keeps certificates, by name. */
  readonly references: Readonly<Record<string, string>>;
}

export interface DecidedEntry {
  readonly spec: EntrySpec | null;
  /** Account values for which placeholders stand in. */
  readonly missing: readonly string[];
}

export function resolveEntry(args: EntryArgs, on: EntryOn, known: Known): DecidedEntry {
  const { limits } = known.facts;
  const session = sessionOf(args.session, on, known);
  const { clients, missing } = clientsOf(args, on, known);
  const sites = sitesOf(args.sites, on, known);
  if (session === null && clients === null && Object.keys(sites).length === 0) return { spec: null, missing };
  const gateway = clients !== null || Object.keys(sites).length > 0;
  return {
    spec: {
      place: "primary",
      session,
      sites,
      clients,
      ranges: {
        gateway: gateway ? serviceRange(limits.entry.gatewaySubnet, 2, on.network, known) : null,
        session: session === null ? null : serviceRange(limits.entry.sessionSubnet, 3, on.network, known),
      },
      network: on.network.range,
    },
    missing,
  };
}

function sessionOf(args: EntryArgs["session"], on: EntryOn, { facts, findings }: Known): EntrySpec["session"] {
  const { roles } = on;
  if (args === null || roles.length === 0) return null;
  const { limits } = facts;
  findings.use("entry.session", limits.entry.session);
  for (const [index, role] of args.roles.entries())
    if (!roles.includes(role)) findings.refuse(`entry.session.roles[${index}]`, `no role is called "${role}"`, proposal(role, roles));
  const { pattern, example } = limits.entry.person;
  for (const [index, person] of args.people.entries())
    if (!pattern.test(person))
      findings.refuse(
        `entry.session.people[${index}]`,
        `expected a person as ${facts.cloud} writes one, got "${person}"`,
        `write "${example}"`,
      );
  if (args.logs) findings.use("entry.session.logs", limits.entry.sessionLogs);
  if (args.maxHours !== undefined) findings.use("entry.session.maxHours", limits.entry.sessionHours);
  const reached = args.roles.length > 0 ? args.roles : roles.includes("bastion") ? ["bastion"] : roles;
  const mute = limits.entry.sessionCallsOut && !on.privateServices ? reached.filter(role => !callsOut(role, on)) : [];
  if (mute.length > 0)
    findings.note(
      "entry.session",
      `no session reaches ${mute.join(", ")} yet: the agent there calls out on 443, and nothing lets it; add a flow to internet, or set network.endpoints to private`,
    );
  return { roles: reached.filter(role => roles.includes(role)), logs: args.logs, people: args.people, maxHours: args.maxHours ?? 1 };
}

/** Whether a flow lets a role speak to the internet on 443. */
const callsOut = (role: string, { access }: EntryOn): boolean =>
  Object.values(access.flows).some(
    ({ from, to, ports, protocol }) =>
      from.includes(role) &&
      to.includes("internet") &&
      (protocol === "all" || (protocol === "tcp" && ports.some(port => holds(port, 443)))),
  );
const holds = (ports: number | string, wanted: number): boolean => {
  const [from = 0, to = from] = String(ports).split("-").map(Number);
  return from <= wanted && wanted <= to;
};

/**
 * Blocks of the management unit in the house's /16; in a narrower network its last two /26, which no tier is planned into.
 * Subnets that exist may stand there by their own words: then somebody has to move.
 */
function serviceRange(name: string | null, index: 2 | 3, network: NetworkSpec, { facts, findings }: Known): string | null {
  if (name === null) return null;
  const whole = parseRange(network.range);
  const kept: Range = block(whole, 26, whole.prefix === 16 ? index : 2 ** (26 - whole.prefix) - 4 + index);
  for (const [key, { tier, cidr }] of Object.entries(network.subnets))
    if (overlaps(parseRange(cidr), kept))
      findings.refuse(
        `network.tiers.${tier}`,
        `expected ${rangeText(kept)} free for ${name} on ${facts.cloud}, got ${cidr} for ${key}`,
        index === 3 ? "give the tier another range, or set entry.session to off" : "give the tier another range",
      );
  return rangeText(kept);
}
