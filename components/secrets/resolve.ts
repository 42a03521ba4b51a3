/** Decides the secret store: what the platform declares, and the logins that its databases and caches need. */
import type { z } from "zod";
import type { CacheSpec } from "../cache/model.ts";
import type { DatabaseSpec } from "../database/model.ts";
import type { Known } from "../kernel/known.ts";
import { nearest } from "../kernel/nearest.ts";
import type { NetworkSpec } from "../network/model.ts";
import type { SecretSpec, SecretsArgs, SecretsSpec } from "./model.ts";

/** Azure wants three character classes and at least 8; ElastiCache tokens 16 to 128: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html (2026-11-21). */
const loginLength = 32;
const recoveryDays = 30;

export interface Logins {
  readonly databases: Readonly<Record<string, DatabaseSpec>>;
  readonly caches: Readonly<Record<string, CacheSpec>>;
}

export function resolveSecrets(
  args: z.output<typeof SecretsArgs>,
  { databases, caches }: Logins,
  supplied: readonly string[],
  network: NetworkSpec,
  { facts, findings }: Known,
): SecretsSpec {
  const login = (username: string | null): SecretSpec => ({
    origin: "generated",
    username,
    length: loginLength,
    encoding: "password",
    rotation: args.rotation,
  });
  const made: [string, SecretSpec][] = [
    ...Object.values(databases).flatMap(({ admin }): [string, SecretSpec][] =>
      admin.secret === null ? [] : [[admin.secret, login(admin.username)]],
    ),
    ...Object.values(caches).flatMap((cache): [string, SecretSpec][] =>
      cache.secret === null || !cache.generated ? [] : [[cache.secret, login(null)]],
    ),
  ];
  const taken = new Set([...Object.keys(databases), ...Object.keys(caches)]);
  const written = Object.entries(args.values).map(([name, value]): [string, SecretSpec] => {
    if (taken.has(name))
      findings.refuse(
        `secrets.values.${name}`,
        `expected a name of its own, got "${name}": the database or cache of this name keeps its login there`,
        `call it "${name}-value"`,
      );
    return [name, { origin: value.from, username: null, length: value.length, encoding: value.encoding, rotation: value.rotation }];
  });
  const wanted = written.filter(([, secret]) => secret.origin === "config").map(([name]) => name);
  for (const name of supplied)
    if (!wanted.includes(name)) {
      const near = nearest(name, wanted);
      findings.refuse(
        `strata:secrets.${name}`,
        `expected a secret that the platform declares (${wanted.join(", ") || "it declares none"}), got "${name}"`,
        near === null ? `add secrets.values.${name}: { from: config }, or remove it` : `did you mean "${near}"?`,
      );
    }
  const own = args.encryptionKey !== undefined && findings.use("secrets.encryptionKey", facts.limits.secrets.encryptionKey);
  return {
    place: "primary",
    encryptionKey: own ? (args.encryptionKey ?? null) : null,
    recoveryDays,
    secrets: Object.fromEntries([...made, ...written]),
    subnets: facts.privateEndpoints ? (network.tiers.data?.subnets ?? []) : [],
  };
}

/** Names that a person has to supply, and has not. */
export const missingSecrets = (spec: SecretsSpec, supplied: readonly string[]): readonly string[] =>
  Object.entries(spec.secrets)
    .filter(([name, secret]) => secret.origin === "config" && !supplied.includes(name))
    .map(([name]) => name);
