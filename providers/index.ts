/** The doors to the clouds: what lies behind one is loaded when it is opened. */
import type { CloudAdapter, CloudFacts, Natives } from "../components/contract.ts";
import type { Cloud } from "../components/kernel/cloud.ts";
import type { RegionTable } from "../components/kernel/tables.ts";
import { regions as aws } from "./aws/facts/regions.ts";
import { regions as azure } from "./azure/facts/regions.ts";
import { regions as gcp } from "./gcp/facts/regions.ts";

const regions = { aws, azure, gcp } satisfies Record<Cloud, RegionTable>;

export const regionsOf = (cloud: Cloud): RegionTable => regions[cloud];

const facts = {
  aws: async () => (await import("./aws/facts/index.ts")).facts,
  azure: async () => (await import("./azure/facts/index.ts")).facts,
  gcp: async () => (await import("./gcp/facts/index.ts")).facts,
} satisfies Record<Cloud, () => Promise<CloudFacts>>;

/** What a cloud is; no SDK is loaded. */
export const loadFacts = (cloud: Cloud): Promise<CloudFacts> => facts[cloud]();

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
