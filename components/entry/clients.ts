/** Decides the client VPN, and what only a person can give it. */
import { contains, isPrivate, overlaps, parseRange, rangeText } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import type { Tier } from "../network/model.ts";
import type { ClientVpnSpec, EntryArgs, Kept } from "./model.ts";
import type { EntryOn } from "./resolve.ts";

type ClientArgs = NonNullable<EntryArgs["clients"]>;

/** Both clouds take them: https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/how-it-works.html (2026-11-21). */
const widest = 12;
const narrowest = 22;
/** Where clients come in: a tier for people before one for programs. Each subnet costs money by the hour, and two outlive a zone. */
const homes: readonly Tier[] = ["management", "app", "public", "data"];
const doors = 2;

export function clientsOf(
  { clients: args, sites }: EntryArgs,
  on: EntryOn,
  known: Known,
): { readonly clients: ClientVpnSpec | null; readonly missing: readonly string[] } {
  const { facts, findings } = known;
  const { limits } = facts;
  const nobody = { clients: null, missing: [] };
  if (args === null || limits.entry.clientVpn.is === "absent") {
    if (args !== null) findings.use("entry.clients", limits.entry.clientVpn);
    return nobody;
  }
  judgeRange(args.range, Object.keys(sites), on, known);
  if (!args.splitTunnel) findings.use("entry.clients.splitTunnel", limits.entry.fullTunnel, args.splitTunnel);
  if (args.sessionHours !== undefined) findings.use("entry.clients.sessionHours", limits.entry.clientHours);
  if (args.directory !== undefined && args.rootCertificate !== undefined)
    findings.use("entry.clients.directory", limits.entry.directoryWithCertificate, args.directory);
  if (args.certificate !== undefined && limits.entry.serverCertificate === null)
    findings.note("entry.clients.certificate", `passed over: the gateway of ${facts.cloud} brings its own`);
  const tier = homes.find(home => on.network.tiers[home] !== undefined);
  if (tier === undefined) {
    findings.refuse(
      "entry.clients",
      "expected a tier for clients to come in by, got a network without tiers",
      "add `management: {}` to network.tiers",
    );
    return nobody;
  }
  const server = keptOf("certificate", "vpn-server", limits.entry.serverCertificate, args, on, known);
  const root = keptOf(
    "rootCertificate",
    "vpn-clients",
    args.directory === undefined || args.rootCertificate !== undefined ? limits.entry.rootCertificate : null,
    args,
    on,
    known,
  );
  return {
    clients: {
      range: args.range,
      tier,
      subnets: (on.network.tiers[tier]?.subnets ?? []).slice(0, doors),
      certificate: server.value,
      rootCertificate: root.value,
      directory: args.directory ?? null,
      splitTunnel: args.splitTunnel,
      sessionHours: args.sessionHours ?? 8,
    },
    missing: [...server.missing, ...root.missing],
  };
}

/** As written, else as the account has it, else a placeholder for the plan. */
function keptOf(
  argument: "certificate" | "rootCertificate",
  name: string,
  kept: Kept | null,
  args: ClientArgs,
  { references }: EntryOn,
  { facts, findings }: Known,
): { readonly value: string | null; readonly missing: readonly string[] } {
  if (kept === null) return { value: null, missing: [] };
  const account = `strata:account.certificates.${name}`;
  const written = args[argument];
  const value = written ?? references[name];
  if (value === undefined) return { value: kept.example, missing: [account] };
  if (!kept.pattern.test(value))
    findings.refuse(
      written === undefined ? account : `entry.clients.${argument}`,
      `expected a certificate as ${facts.cloud} takes one, got "${value.slice(0, 60)}"`,
      `write it like "${kept.example.slice(0, 80)}"`,
    );
  return { value, missing: [] };
}

function judgeRange(text: string, sites: readonly string[], { access, taken }: EntryOn, { findings }: Known): void {
  const path = "entry.clients.range";
  const range = parseRange(text);
  if (!range.aligned) findings.refuse(path, `expected a network address, got "${text}"`, `write "${rangeText(range)}"`);
  if (range.prefix < widest || range.prefix > narrowest)
    findings.refuse(path, `expected /${widest} to /${narrowest}, got "${text}"`, 'try "172.16.252.0/22"');
  if (!isPrivate(range)) findings.refuse(path, `expected a private range, got "${text}"`, 'try "172.16.252.0/22"');
  // A part of the range may have a name of its own, such as adminCidrs; what lies behind a tunnel is elsewhere.
  const outside = Object.entries(access.outside).flatMap(([name, { ranges }]) =>
    ranges
      .filter(other => sites.includes(name) || !contains(range, parseRange(other)))
      .map(other => [`access.outside.${name}`, other] as const),
  );
  for (const [owner, other] of [...Object.entries(taken), ...outside])
    if (overlaps(parseRange(other), range))
      findings.refuse(path, `expected a range apart from ${owner} (${other}), got "${text}"`, "choose another range for clients");
}
