/**
 * Who can open a connection to whom, worked out from planned resources alone: rules, routes, gateways and addresses as the cloud reads them.
 * Nothing here shares code with what makes the rules, so that a mistake there is not made here again.
 */
import type { PlannedResource } from "../cli/planner/model.ts";

/** As the rules of all three clouds say it; `all` is any protocol with any port, `other` one that has no word here, such as GRE. */
export type Protocol = "tcp" | "udp" | "icmp" | "esp" | "vrrp" | "other" | "all";

/** First and last port, both included; 0 to 65535 where the protocol has none. */
export type Ports = readonly [first: number, last: number];

/**
 * One way that is open. An end is a member of the platform by its role (a role, a database, a cache, `store`, `endpoints`,
 * an entry such as `lb`), `internet`, or a range outside as written, such as `192.168.1.0/24`.
 */
export interface Reach {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly ports: Ports;
  /** The place whose network carries it; `secondary` for the other region's. */
  readonly place: "primary" | "secondary";
  /** Names of the planned resources that let it through, for who must close it. */
  readonly through: readonly string[];
}

/** Something that the laws forbid whatever was asked for, such as a public address on a host. */
export interface Exposure {
  /** Name of the planned resource. */
  readonly resource: string;
  readonly what: string;
}

export interface Reachability {
  readonly reaches: readonly Reach[];
  readonly exposures: readonly Exposure[];
}

/** One cloud's reading of its own resources. */
export type Reader = (resources: readonly PlannedResource[]) => Reachability;
