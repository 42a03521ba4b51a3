/** The keys by which something stateful may be replaced or deleted, on which clouds, and why. Protection refuses every one of them at preview. */
import type { Cloud } from "../../components/kernel/cloud.ts";

export interface MayLose {
  readonly on: readonly Cloud[];
  readonly why: string;
}

export const mayLose: Readonly<Record<string, MayLose>> = {};
