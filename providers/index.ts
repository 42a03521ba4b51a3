/** The only place that names all three clouds. */
import type { CloudAdapter, CloudFacts, Natives } from "../components/contract.ts";
import type { Cloud } from "../components/kernel/cloud.ts";
import { facts as aws } from "./aws/facts/index.ts";
import { facts as azure } from "./azure/facts/index.ts";
import { facts as gcp } from "./gcp/facts/index.ts";

const all = { aws, azure, gcp } satisfies Record<Cloud, CloudFacts>;

/** What a cloud is; no SDK is loaded. */
export const factsOf = (cloud: Cloud): CloudFacts => all[cloud];

/** Something that works for any cloud. */
export type UseAdapter<T> = <N extends Natives>(adapter: CloudAdapter<N>) => T;

const loaders = {
  aws: async use => use((await import("./aws/index.ts")).adapter),
  azure: async use => use((await import("./azure/index.ts")).adapter),
  gcp: async use => use((await import("./gcp/index.ts")).adapter),
} satisfies Record<Cloud, <T>(use: UseAdapter<T>) => Promise<T>>;

/** Loads one cloud's SDK and hands its adapter on. */
export function withCloud<T>(cloud: Cloud, use: UseAdapter<T>): Promise<T> {
  const load: <R>(use: UseAdapter<R>) => Promise<R> = loaders[cloud];
  return load(use);
}
