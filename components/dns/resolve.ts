/** Decides zones and records. */
import type { BalancerSpec } from "../balancer/model.ts";
import type { CdnSpec } from "../cdn/model.ts";
import type { MachineSpec } from "../compute/model.ts";
import type { Known } from "../kernel/known.ts";
import type { DnsArgs, RecordsSpec, ZonesSpec } from "./model.ts";

export function resolveZones(
  _args: DnsArgs,
  _ids: Readonly<Record<string, string>>,
  _known: Known,
): { readonly spec: ZonesSpec | null; readonly missing: readonly string[] } {
  return { spec: null, missing: [] };
}

export interface RecordsOn {
  readonly balancers: Readonly<Record<string, BalancerSpec>>;
  readonly cdn: CdnSpec | null;
  readonly databases: readonly string[];
  readonly caches: readonly string[];
  readonly machines: Readonly<Record<string, MachineSpec>>;
  readonly ipv6: boolean;
}

export function resolveRecords(_args: DnsArgs, _on: RecordsOn, _known: Known): RecordsSpec | null {
  return null;
}
