/** Decides a whole platform before anything is registered: each concept in order, every issue at once. Pure; milliseconds. */
import type { Members } from "../components/access/judge.ts";
import { peersOf, resolveFlows } from "../components/access/resolve.ts";
import type { CloudFacts } from "../components/contract.ts";
import { entryPeers } from "../components/entry/peers.ts";
import { resolveEntry } from "../components/entry/resolve.ts";
import { judgeGrants, resolveGrants, resolveIdentities } from "../components/identity/resolve.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import { Findings } from "../components/kernel/findings.ts";
import type { Known } from "../components/kernel/known.ts";
import type { PerPlace, PlaceKey } from "../components/kernel/places.ts";
import { judgeKeys, resolveKeys } from "../components/keys/resolve.ts";
import { resolveLogs } from "../components/logs/resolve.ts";
import { tiers as allTiers, type NetworkSpec, type Tier } from "../components/network/model.ts";
import { judgeCapacity, resolveNetwork } from "../components/network/resolve.ts";
import { missingSecrets, resolveSecrets } from "../components/secrets/resolve.ts";
import { decideEdge } from "./edge.ts";
import { decideAccount, decideFoundation } from "./ground.ts";
import { platformOf } from "./layers.ts";
import { endpointsOf, judgeDoors, keyUses, membersOf, namedKeys, takenRanges, tiersOfMembers } from "./links.ts";
import { type Compute, type Data, decideCompute, decideData, decideStorage } from "./members.ts";
import { judgeNames, judgeUnlock } from "./names.ts";
import { decidePlaces, judgeRegions } from "./places.ts";
import type { PlatformArgs } from "./platform.ts";
import type { Settings } from "./settings.ts";
import type { Decision, EdgeSpec, SiteSpec } from "./spec.ts";

export function decide(settings: Settings, facts: CloudFacts): Decision {
  const findings = new Findings(settings.cloud);
  const platform = platformOf(settings);
  findings.notes.push(...platform.notes);
  const args = platform.args ?? platform.mended;
  if (args === null) {
    judgeRegions(settings, facts, findings);
    throw new ConfigError([...platform.issues, ...findings.issues]);
  }
  const places = decidePlaces(settings, args, facts, findings);
  const known: Known = { facts, system: settings.source.name, environment: settings.environment, places, findings };
  const decision = decideParsed(args, settings, known, platform.ties);
  if (platform.args === null) throw new ConfigError([...platform.issues, ...platform.located(platform.unmended(findings.issues))]);
  if (findings.issues.length > 0) throw new ConfigError(platform.located(findings.issues));
  return decision;
}

function decideParsed(args: PlatformArgs, settings: Settings, known: Known, ties: readonly string[]): Decision {
  const { facts, findings, places } = known;
  judgeNames(args, findings);
  judgeUnlock(args, settings.unlock, findings);

  const logs = resolveLogs(args.logs, known);
  const network = resolveNetwork(args.network, "primary", logs.retentionDays, known);
  const remote = Object.values(args.databases).some(database =>
    Object.values(database.replicas).some(replica => replica.place === "secondary"),
  );
  const second =
    places.secondary !== null && remote ? resolveNetwork({ ...args.network, nat: "none" }, "secondary", logs.retentionDays, known) : null;
  const zones = Object.keys(places.primary.zones);

  const alone = decideCompute(args, network, zones, known);
  judgeCapacity(network, alone.hosts, known);
  const data = decideData(args, { primary: network, secondary: second }, zones, logs.retentionDays, known);
  const roles = Object.keys(args.roles);
  const exchanges = Object.entries(args.databases).flatMap(([database, { exchange }]) =>
    exchange === undefined ? [] : [{ database, bucket: exchange }],
  );
  const buckets = decideStorage(args, roles, { primary: network, secondary: second }, known);

  const {
    spec: edge,
    cdn,
    groups,
    gatewayTiers,
    missing: unnamed,
  } = decideEdge(args, alone, data, network, settings.account, logs.retentionDays, known);
  const compute: Compute = { ...alone, groups };

  const supplied = Object.keys(settings.secrets);
  const secrets = resolveSecrets(args.secrets, data, supplied, network, known);
  judgeDoors(network, args, known);
  judgeGrants(
    args.grants,
    {
      roles,
      databases: Object.keys(args.databases),
      logins: Object.keys(args.databases).filter(name => args.databases[name]?.identityLogin === true),
      buckets: Object.keys(args.buckets),
      secrets: [...new Set([...Object.keys(secrets.secrets), ...Object.keys(args.databases), ...Object.keys(args.caches)])],
      keys: Object.keys(args.keys),
    },
    known,
  );
  judgeKeys(args.keys, namedKeys(args), known);
  const keys = resolveKeys(
    args.keys,
    keyUses(
      secrets,
      compute,
      data,
      buckets,
      logs,
      second !== null && facts.limits.logs.perPlace ? ["primary", "secondary"] : ["primary"],
      facts,
    ),
    known,
  );

  const { spec: entry, missing: unkept } = resolveEntry(
    args.entry,
    {
      network,
      taken: takenRanges(args, places.secondary !== null),
      roles,
      secrets: secrets.secrets,
      access: args.access,
      privateServices: args.network.endpoints === "private",
      tiers: tiersOfMembers(args, edge.balancers),
      references: settings.account.certificates ?? {},
    },
    known,
  );
  const { sites, access } = decideSites(
    args,
    { primary: { ...network, gatewayTiers }, secondary: second },
    compute,
    data,
    buckets,
    edge,
    {
      ...entryPeers(entry, facts),
      cdn,
      store: !facts.privateEndpoints || Object.values(buckets).some(({ place }) => place === "primary"), // an endpoint is a bucket's own
      wayOut: tier => wayOut(network, tier),
    },
    known,
  );
  const { account, missing } = decideAccount(settings, facts);
  return {
    spec: {
      places,
      foundation: decideFoundation(args, settings, account, known),
      protection: { on: args.protection, unlocked: settings.unlock },
      keys,
      identities: resolveIdentities(roles, exchanges),
      logs,
      sites,
      secrets,
      buckets,
      databases: data.databases,
      replicas: data.replicas,
      caches: data.caches,
      grants: resolveGrants(args.grants, roles, exchanges, buckets, secrets.encryptionKey, data.replicas, known),
      groups: compute.groups,
      machines: compute.machines,
      edge,
      entry,
    },
    notes: findings.notes,
    sizes: [...compute.sizes, ...data.sizes],
    flows: access.lines,
    waiting: access.waiting,
    ties,
    placeholders: [...missing, ...unnamed, ...unkept, ...missingSecrets(secrets, supplied).map(name => `strata:secrets.${name}`)],
    preflight: facts.preflight,
    suppliedSecrets: Object.entries(secrets.secrets).flatMap(([name, secret]) => (secret.origin === "config" ? [name] : [])),
  };
}

type Buckets = ReturnType<typeof decideStorage>;

/** Who may talk in each place, and the private ways there. The second place holds replicas alone, under their sources' names. */
function decideSites(
  args: PlatformArgs,
  networks: PerPlace<NetworkSpec>,
  compute: Compute,
  data: Data,
  buckets: Buckets,
  edge: EdgeSpec,
  comers: Parameters<typeof resolveFlows>[5],
  known: Known,
) {
  const members = membersOf(
    args,
    compute,
    data,
    edge.balancers,
    networks.primary,
    args.network.endpoints === "private" || (known.facts.privateEndpoints && networks.primary.tiers.data !== undefined),
    comers.member,
    known,
  );
  const away = new Set(Object.values(data.replicas).flatMap(({ place, source }) => (place === "secondary" ? [source] : [])));
  const there = Object.fromEntries(Object.entries(members).filter(([name]) => away.has(name)));
  const tiers = tiersOf(networks.primary);
  const siteOf = (place: PlaceKey, network: NetworkSpec, here: Members) => {
    const access = resolveFlows(place, args.access, here, tiers, args.network.ipv6, comers, known);
    const inner = Object.values(edge.balancers).some(
      balancer => balancer.place === place && balancer.form === "application" && balancer.scheme === "internal",
    );
    const endpoints = endpointsOf(place, args, network, data, buckets, inner, known);
    const site: SiteSpec = { network, peers: peersOf(place, here), endpoints, flows: access.spec };
    return { site, access };
  };
  const { site: primary, access } = siteOf("primary", networks.primary, members);
  const secondary = networks.secondary === null ? null : siteOf("secondary", networks.secondary, there).site;
  return { sites: { primary, secondary }, access };
}

/** Hosts have no public address, so that the tier of entries leads nowhere but in. */
function wayOut({ tiers }: NetworkSpec, tier: Tier): string | null {
  const egress = tiers[tier]?.egress;
  if (egress === "none") return "network.nat";
  return egress === "internet" ? "a tier other than public" : null;
}

const tiersOf = (network: NetworkSpec): readonly Tier[] => allTiers.filter(tier => network.tiers[tier] !== undefined);
