/** Decides every bucket and its copy in the second region. */
import type { Known } from "../kernel/known.ts";
import type { PerPlace } from "../kernel/places.ts";
import type { NetworkSpec } from "../network/model.ts";
import type { BucketArgs, BucketRuleSpec, BucketSpec, StorageClass } from "./model.ts";

type RuleArgs = BucketArgs["rules"][string];

const steps = (rule: RuleArgs): readonly { readonly afterDays: number; readonly to: StorageClass; readonly word: string }[] =>
  [
    { afterDays: rule.infrequentAfterDays, to: "infrequent" as const, word: "infrequentAfterDays" },
    { afterDays: rule.coldAfterDays, to: "cold" as const, word: "coldAfterDays" },
    { afterDays: rule.archiveAfterDays, to: "archive" as const, word: "archiveAfterDays" },
  ].flatMap(step => (step.afterDays === undefined ? [] : [{ ...step, afterDays: step.afterDays }]));

/** One rule: colder with every step, deleted last, or the later steps would never hold anything. */
function ruleOf(path: string, rule: RuleArgs, { facts, findings }: Known): BucketRuleSpec {
  const transitions = steps(rule);
  const order = [...transitions.map(step => step.afterDays), ...(rule.expireAfterDays === undefined ? [] : [rule.expireAfterDays])];
  if (order.some((days, index) => index > 0 && days <= (order[index - 1] ?? 0)))
    findings.refuse(
      path,
      `expected each step later than the one before, got ${order.join(", ")} days`,
      "order them infrequent < cold < archive < expire",
    );
  if (order.length === 0) findings.refuse(path, "expected a step, got none", "add one such as expireAfterDays, or drop the rule");
  for (const { to, afterDays, word } of transitions) {
    const least = to === "automatic" ? 0 : facts.limits.storage.minimumDays[to];
    if (afterDays < least)
      findings.refuse(`${path}.${word}`, `expected at least ${least} days on ${facts.cloud}, got ${afterDays}`, `use ${least}`);
  }
  return {
    prefix: rule.prefix,
    transitions: transitions.map(({ afterDays, to }) => ({ afterDays, to })),
    expireAfterDays: rule.expireAfterDays ?? null,
  };
}

/** Rules that the program writes itself, beside those of a person. */
const ownRules = ["house", "tiering"];

function rulesOf(path: string, args: BucketArgs, known: Known): Pick<BucketSpec, "rules" | "autoclass"> {
  const { automaticTiering, automaticBy } = known.facts.limits.storage;
  for (const name of Object.keys(args.rules).filter(rule => ownRules.includes(rule)))
    known.findings.refuse(
      `${path}.rules.${name}`,
      `expected a name of its own, got "${name}", which is a rule of the program`,
      `call it "${name}-1"`,
    );
  const rules = Object.fromEntries(Object.entries(args.rules).map(([name, rule]) => [name, ruleOf(`${path}.rules.${name}`, rule, known)]));
  const automatic = args.tiering === "automatic" && known.findings.use(`${path}.tiering`, automaticTiering);
  if (automatic && Object.values(rules).some(rule => rule.transitions.length > 0))
    known.findings.refuse(
      `${path}.tiering`,
      'expected "none" beside rules that move objects, got "automatic"',
      "keep one of the two; rules that only delete may stay",
    );
  const tiering: BucketRuleSpec = { prefix: "", transitions: [{ afterDays: 0, to: "automatic" }], expireAfterDays: null };
  return { rules: automatic && automaticBy === "rule" ? { ...rules, tiering } : rules, autoclass: automatic && automaticBy === "bucket" };
}

function redundancyOf(
  path: string,
  args: BucketArgs,
  rules: BucketSpec["rules"],
  { facts, findings, places }: Known,
): BucketSpec["redundancy"] {
  const pair = facts.regions.rows[places.primary.region]?.pair ?? null;
  if (args.redundancy === "geo" && facts.limits.storage.geo.is === "native" && pair === null)
    findings.refuse(`${path}.redundancy`, `${places.primary.region} is paired with no region`, "set replicate: true with a second region");
  if (args.redundancy === "geo") return findings.use(`${path}.redundancy`, facts.limits.storage.geo, args.redundancy) ? "geo" : "zone";
  const archives = Object.values(rules).some(rule => rule.transitions.some(step => step.to === "archive"));
  if (!archives || findings.use(`${path}.redundancy`, facts.limits.storage.archiveWithZoneRedundancy)) return "zone";
  if (pair === null)
    findings.refuse(
      `${path}.rules`,
      `expected no step to the archive in ${places.primary.region}, which is paired with no region, got one`,
      "drop archiveAfterDays, or choose a paired region",
    );
  return "geo";
}

function lockOf(path: string, args: BucketArgs, { facts, findings }: Known): BucketSpec["retentionLock"] {
  if (args.retentionLock === undefined) return null;
  const { retentionMode, lockWithVersioning, lockWithoutVersioning } = facts.limits.storage;
  findings.use(`${path}.retentionLock.mode`, retentionMode[args.retentionLock.mode], args.retentionLock.mode);
  findings.use(`${path}.retentionLock`, args.versioning ? lockWithVersioning : lockWithoutVersioning, `versioning: ${args.versioning}`);
  findings.note(
    `${path}.retentionLock`,
    `objects cannot be deleted for ${args.retentionLock.days} days, nor the bucket while it holds any${args.retentionLock.mode === "compliance" ? "; nobody can lift this, not even the owner" : ""}`,
  );
  return args.retentionLock;
}

/** A name that a person chose is taken as it is, so the cloud must take it too. */
function judgeName(path: string, name: string, room: number, { facts, findings }: Known): void {
  const rule = facts.names.bucket;
  if (rule === undefined) return;
  const max = rule.max - room;
  if (name.length >= rule.min && name.length <= max && rule.pattern.test(name)) return;
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9-]/g, "");
  const near = [plain, plain.replaceAll("-", "").slice(0, max)].find(text => rule.pattern.test(text) && text.length <= max);
  findings.refuse(
    path,
    `expected a name of ${rule.min} to ${max} characters that ${facts.cloud} takes (${rule.pattern.source}), got "${name}"`,
    near === undefined ? "leave it out" : `use "${near}", or leave it out`,
  );
}

/** A house name is put together from names that every cloud takes elsewhere and may refuse here, such as `google` on Google. */
function judgeTitle(path: string, text: string, { facts, findings }: Known): void {
  const rule = facts.names.bucket;
  const made = `${text}-00000000`; // the stack's suffix comes last
  // Where no dash is taken, what is left of a name is letters and digits, which are taken.
  if (rule === undefined || !rule.pattern.test("a-b") || rule.pattern.test(made)) return;
  findings.refuse(
    path,
    `its name would be "${made}", which ${facts.cloud} does not take (${rule.pattern.source})`,
    "rename it, or give it a literalName",
  );
}

/** The name of the copy: with a hyphen where names take one. */
const copyName = (text: string, { facts }: Known): string =>
  facts.names.bucket?.pattern.test(`${text}-dr`) === false ? `${text}dr` : `${text}-dr`;

export interface BucketAccess {
  readonly cdn: BucketSpec["cdn"];
  readonly readers: readonly string[];
  readonly writers: readonly string[];
}

/** The bucket, and its `-dr` copy where the cloud keeps one as a bucket of its own. The copy comes first: the source names it. */
export function resolveBucket(
  name: string,
  args: BucketArgs,
  access: BucketAccess,
  sites: PerPlace<NetworkSpec>,
  known: Known,
): Readonly<Record<string, BucketSpec>> {
  const path = `buckets.${name}`;
  const { facts, findings, places, system } = known;
  const limits = facts.limits.storage;
  const moves = rulesOf(path, args, known);
  const replicate = args.replicate && findings.use(`${path}.replicate`, limits.replicate);
  const second = places.secondary;
  if (args.replicate && second === null)
    findings.refuse(
      `${path}.replicate`,
      "expected a second region for the copy, got none",
      "set strata:secondaryRegion, or turn replicate off",
    );
  if (args.replicate && !args.versioning)
    findings.refuse(`${path}.versioning`, "expected true beside replicate, got false", "turn versioning on");
  const abortUploadsDays = limits.abortUploadsDays ?? args.abortUploadsDays;
  if (abortUploadsDays !== args.abortUploadsDays)
    findings.note(`${path}.abortUploadsDays`, `${args.abortUploadsDays} becomes ${abortUploadsDays}, which ${facts.cloud} does by itself`);
  if (Object.keys(args.cors).length > 0) findings.use(`${path}.cors`, limits.cors);
  const logs = args.accessLog !== undefined && findings.use(`${path}.accessLog`, limits.accessLog);
  if (args.accessLog === name)
    findings.refuse(`${path}.accessLog`, `expected another bucket, got "${name}" itself: its log would never end`, "name another bucket");
  const copied = replicate && second !== null;
  const wide = copied && limits.copy === "region";
  const own = copied && limits.copy === "bucket";
  if (wide && (facts.regions.rows[places.primary.region]?.wide ?? null) === null)
    findings.refuse(
      `${path}.replicate`,
      `expected a region of a wider location that a bucket of two regions can lie in, got "${places.primary.region}"`,
      "choose another region, or turn replicate off",
    );
  const base: BucketSpec = {
    place: "primary",
    title: { text: args.literalName ?? `${system}-${name}`, literal: args.literalName !== undefined },
    versioning: args.versioning,
    ...moves,
    oldVersionsDays: args.oldVersionsDays,
    abortUploadsDays,
    encryptionKey: args.encryptionKey === undefined ? null : { purpose: args.encryptionKey, place: wide ? "wide" : "primary" },
    redundancy: redundancyOf(path, args, moves.rules, known),
    copy: own ? { kind: "bucket", name: `${name}-dr` } : wide && second !== null ? { kind: "region", region: second.region } : null,
    copyOf: null,
    retentionLock: lockOf(path, args, known),
    cors: args.cors,
    accessLog: logs && args.accessLog !== undefined ? { bucket: args.accessLog, prefix: `${name}/` } : null,
    receivesLogs: false,
    cdn: access.cdn,
    balancerLogs: [],
    readers: access.readers,
    writers: access.writers,
    subnets: facts.privateEndpoints ? (sites.primary.tiers.data?.subnets ?? []) : [],
  };
  if (args.literalName === undefined) judgeTitle(path, base.title.text, known);
  else
    judgeName(`${path}.literalName`, args.literalName, own ? copyName(args.literalName, known).length - args.literalName.length : 0, known);
  if (!own || second === null) return { [name]: base };
  const copy: BucketSpec = {
    ...base,
    place: "secondary",
    title: { text: base.title.literal ? copyName(base.title.text, known) : `${base.title.text}-dr`, literal: base.title.literal },
    encryptionKey: args.encryptionKey === undefined ? null : { purpose: args.encryptionKey, place: "secondary" },
    copy: null,
    copyOf: name,
    accessLog: null,
    cdn: { reads: false, logs: false },
    readers: [],
    writers: [],
    subnets: facts.privateEndpoints ? (sites.secondary?.tiers.data?.subnets ?? []) : [],
  };
  return { [`${name}-dr`]: copy, [name]: base };
}

/**
 * Whoever is named before whoever names it: log targets, copies, the rest; and log targets know that they are.
 * `balancerLogs` are the prefixes of balancers by the bucket they log into.
 */
export function ordered(
  buckets: Readonly<Record<string, BucketSpec>>,
  balancerLogs: ReadonlyMap<string, readonly string[]>,
): Readonly<Record<string, BucketSpec>> {
  const targets = new Set(Object.values(buckets).flatMap(bucket => (bucket.accessLog === null ? [] : [bucket.accessLog.bucket])));
  // A log target may log into a third bucket; circles were refused, and are cut here.
  const depth = (name: string, seen: readonly string[]): number => {
    const target = buckets[name]?.accessLog?.bucket;
    return target === undefined || seen.includes(target) ? 1 : 1 + depth(target, [...seen, target]);
  };
  const rank = ([name, bucket]: [string, BucketSpec]): number => (bucket.copyOf !== null ? 0 : depth(name, [name]));
  return Object.fromEntries(
    Object.entries(buckets)
      .toSorted((one, other) => rank(one) - rank(other))
      .map(([name, bucket]) => [name, { ...bucket, receivesLogs: targets.has(name), balancerLogs: balancerLogs.get(name) ?? [] }]),
  );
}
