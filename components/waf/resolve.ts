/** Decides the web application firewall. */
import { contains, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { pick } from "../kernel/pick.ts";
import { judgeSize } from "./capacity.ts";
import type { WafArgs, WafSpec } from "./model.ts";
import { prioritiesOf } from "./priorities.ts";

/** Who stands behind the policy. */
export interface WafStands {
  readonly regional: boolean;
  readonly global: boolean;
  /** Whether some balancer is reached by others than the CDN. */
  readonly direct: boolean;
}

const at = "edge.waf";
type Limits = WafArgs["limits"];
type Lists = WafArgs["lists"];

/** As the cloud counts: the next window it has, and as many requests more; the longest one where none is long enough. */
function scaled(name: string, limit: Limits[string], { facts, findings }: Known): Limits[string] | null {
  const path = `${at}.limits.${name}`;
  const { windows, requests } = facts.limits.waf;
  const seconds = windows.find(window => window >= limit.perSeconds) ?? windows.at(-1) ?? limit.perSeconds;
  const count = Math.floor((limit.requests * seconds) / limit.perSeconds);
  if (count < requests.min || count > requests.max) {
    const near = Math.min(requests.max, Math.max(requests.min, count));
    const most = (near * limit.perSeconds) / seconds;
    findings.refuse(
      `${path}.requests`,
      `expected ${requests.min} to ${requests.max} requests in ${seconds} s on ${facts.cloud}, got ${count} (${limit.requests} in ${limit.perSeconds} s)`,
      `use ${near === requests.min ? Math.ceil(most) : Math.floor(most)}`,
    );
    return null;
  }
  if (seconds !== limit.perSeconds)
    findings.note(
      path,
      `${limit.requests} in ${limit.perSeconds} s become ${count} in ${seconds} s: ${facts.cloud} counts in windows of ${windows.join(", ")} s`,
    );
  return { ...limit, requests: count, perSeconds: seconds as Limits[string]["perSeconds"] };
}

function limitsOf(args: WafArgs, known: Known): Limits {
  const seen = new Map<string, string>();
  return Object.fromEntries(
    Object.entries(args.limits).flatMap(([name, limit]): [string, Limits[string]][] => {
      const path = limit.path.toLowerCase();
      const other = seen.get(path);
      seen.set(path, name);
      if (other !== undefined)
        known.findings.use(`${at}.limits.${name}.path`, known.facts.limits.waf.limitsOfOnePath, `${limit.path}, which is that of ${other}`);
      const spec = scaled(name, limit, known);
      return spec === null ? [] : [[name, { ...spec, path }]];
    }),
  );
}

/** What restricts: no list without ranges, and no range within another of the same list, which AWS and Azure take and Google counts. */
function listsOf(args: WafArgs, { facts, findings }: Known): Lists {
  return Object.fromEntries(
    Object.entries(args.lists).flatMap(([name, list]): [string, Lists[string]][] => {
      const path = `${at}.lists.${name}`;
      const unaligned = list.ranges.find(range => !parseRange(range).aligned);
      if (unaligned !== undefined)
        findings.refuse(`${path}.ranges`, `expected ranges without host bits, got "${unaligned}"`, "clear the bits behind the prefix");
      const whole = list.ranges.find(range => range.endsWith("/0"));
      if (whole !== undefined)
        findings.refuse(
          `${path}.ranges`,
          `expected ranges narrower than everyone, got "${whole}"`,
          list.action === "allow" ? "drop the list: it restricts nothing" : "take the balancer's flow from internet away instead",
        );
      if (list.ranges.length > facts.limits.waf.maxRanges)
        findings.refuse(
          `${path}.ranges`,
          `expected at most ${facts.limits.waf.maxRanges} on ${facts.cloud}, got ${list.ranges.length}`,
          "write them in fewer, wider ranges, or in two lists",
        );
      if (list.ranges.length === 0) findings.note(path, "restricts nothing: it has no range");
      const ranges = [...new Set(list.ranges)].filter(
        range => !list.ranges.some(other => other !== range && contains(parseRange(other), parseRange(range))),
      );
      return ranges.length === 0 ? [] : [[name, { ...list, ranges, path: list.path.toLowerCase() }]];
    }),
  );
}

/** Whoever comes through the CDN alone has the CDN's address: rules by address belong to the CDN's policy. */
function judgeStands(args: WafArgs, { regional, global, direct }: WafStands, { findings }: Known): void {
  const byAddress = Object.keys(args.limits).length + Object.keys(args.lists).length > 0 || args.countries !== undefined;
  if (!byAddress || !regional) return;
  if (!direct && !global)
    findings.refuse(
      at,
      "expected limits, lists and countries to meet visitors by their own addresses, got a balancer that only the CDN reaches",
      "set edge.cdn.waf: true, so that they are judged at the CDN",
    );
  if (direct && global)
    findings.note(
      at,
      "visitors who come through the CDN reach a balancer from the CDN's addresses, and are limited and listed there once more by these; edge.cdn.closed leaves that to the CDN",
    );
}

/** What the cloud makes of the managed rules. */
function managedOf(args: WafArgs, { facts, findings }: Known): Pick<WafSpec, "core" | "knownBadInputs" | "reputation" | "bots"> {
  const limits = facts.limits.waf;
  if (args.core !== "off") findings.use(`${at}.core`, limits.core[args.core], args.core);
  return {
    core: args.core,
    knownBadInputs: args.knownBadInputs && findings.use(`${at}.knownBadInputs`, limits.knownBadInputs),
    reputation:
      args.reputation !== "off" && findings.use(`${at}.reputation`, limits.reputation[args.reputation], args.reputation)
        ? args.reputation
        : "off",
    bots: args.bots && findings.use(`${at}.bots`, limits.bots, args.bots),
  };
}

export function resolveWaf(args: WafArgs | null, stands: WafStands, known: Known): WafSpec | null {
  if (args === null) return null;
  const { facts, findings } = known;
  const limits = facts.limits.waf;
  if (!stands.regional && !stands.global) {
    findings.note(at, "not made: neither a public application balancer nor a CDN stands behind it");
    return null;
  }
  const direct = stands.direct || limits.oneForBoth;
  if (!limits.oneForBoth) judgeStands(args, stands, known);
  const managed = managedOf(args, known);
  const lists = listsOf(args, known);
  if (args.mode === "count" && (Object.keys(lists).length > 0 || args.countries !== undefined))
    findings.use(`${at}.mode`, limits.listsWhileCounting, args.mode);
  if (args.ddos === "advanced") findings.use(`${at}.ddos`, limits.ddos, args.ddos);
  const counted = limitsOf(args, known);
  const asked = args.countries === undefined ? null : { action: args.countries.action, codes: [...new Set(args.countries.codes)] };
  const countries =
    asked !== null && findings.use(`${at}.countries`, limits.countries.support, asked.codes.join(", "))
      ? { ...asked, priority: limits.countries.priority }
      : null;
  judgeSize(at, { ...managed, lists, limits: counted, countries }, known);
  return {
    place: "primary",
    mode: args.mode,
    ...managed,
    limits: numbered(counted, "limit", known),
    lists: {
      ...numbered(only(lists, "deny"), "deny", known),
      ...numbered(only(lists, "allow"), "allow", known),
    },
    countries,
    ddos: args.ddos,
    logs: args.logs,
    ...stands,
    direct,
  };
}

const only = (lists: Lists, action: "allow" | "deny"): Lists =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.action === action));

/** Each with its number; none where there are more than the band has numbers, which is refused. */
function numbered<T extends { readonly path: string }>(
  rules: Readonly<Record<string, T>>,
  kind: "deny" | "allow" | "limit",
  { facts, findings }: Known,
): Readonly<Record<string, T & { readonly priority: number }>> {
  const band = facts.limits.waf.bands[kind];
  const count = Object.keys(rules).length;
  if (count > band.slots) {
    const what = kind === "limit" ? "limits" : "lists";
    findings.refuse(
      `${at}.${what}`,
      `expected at most ${band.slots} ${kind === "limit" ? "limits" : `${kind} lists`} on ${facts.cloud}, got ${count}`,
      `drop ${count - band.slots} of them, or join those of the same path`,
    );
    return {};
  }
  const priorities = prioritiesOf(rules, band);
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, { ...rule, priority: pick(priorities, name) }]));
}
