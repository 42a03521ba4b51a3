/**
 * Access: who may talk to whom. Every firewall rule of every cloud comes from a flow; no other concept writes one.
 *
 * | here         | aws                         | azure                                   | gcp                               |
 * |--------------|-----------------------------|-----------------------------------------|-----------------------------------|
 * | peer         | security group              | application security group              | service account                   |
 * | rule         | ingress and egress rule     | rule in the group of either tier        | firewall, ingress and egress      |
 * | balancer     | security group              | its subnet, or the callers themselves   | front ends, or the callers themselves |
 * | managed peer | security group              | endpoint's application security group   | the endpoint's address            |
 * | cdn          | its managed prefix list     | its service tag                         | front ends                        |
 * | default deny | groups start closed         | deny-all rules at the lowest priority   | implied ingress, explicit egress  |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { cidr, mapOf } from "../kernel/schema.ts";
import type { Tier } from "../network/model.ts";

/** Peers that are not members: named outside ranges come from `outside`, the rest from later concepts or from the cloud. */
export const reservedPeers = ["internet", "cdn", "lb", "lb-int", "vpn", "bastion", "store", "endpoints", "resolver", "clock"] as const;
export type ReservedPeer = (typeof reservedPeers)[number];

const portText = z.union([
  z.int().min(1).max(65_535),
  z.string().regex(/^\d{1,5}-\d{1,5}$/, 'a port without quotes, or a range such as "9090-9092"'),
]);

export const FlowArgs = z.strictObject({
  from: z.array(z.string()).min(1).meta({ description: "Peers that open the connection." }),
  to: z.array(z.string()).min(1).meta({ description: "Peers that answer." }),
  ports: z.array(portText).default([]).meta({ description: "Ports of the answering side. Databases and caches bring their own." }),
  protocol: z.enum(["tcp", "udp", "vrrp", "all"]).default("tcp"),
});

export type FlowArgs = z.output<typeof FlowArgs>;

export const OutsideArgs = z.strictObject({
  ranges: z.array(cidr).default([]).meta({ description: "Address ranges of this peer. Empty: its flows wait." }),
  host: z.string().optional().meta({ description: "Host name, for people; rules go by range." }),
});

/** Rules are named after their peers. In capitals and small letters, as people write `adminCidrs`; rules have it in small ones. */
const outsideName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/, "letters, digits and single dashes, starting with a letter")
  .max(24);

export const AccessArgs = z.strictObject({
  flows: mapOf(FlowArgs).default({}),
  outside: z
    .record(outsideName, OutsideArgs)
    .default({})
    .meta({ description: "Peers outside the platform: `adminCidrs`, `site`, `mail`, …" }),
});
export type AccessArgs = z.output<typeof AccessArgs>;

/** Who one side of a rule is. */
export type Peer =
  /** Members with a network identity of their own: compute roles, databases, caches, endpoints. */
  | { readonly kind: "compute" | "database" | "cache" | "endpoints"; readonly name: string; readonly tier: Tier }
  /** `front`: where members of the network reach it. `sources`: what its targets see of it. Neither counts where it has an identity of its own. */
  | {
      readonly kind: "balancer";
      readonly name: string;
      readonly tier: Tier;
      readonly by: "identity" | "address";
      /** Whether rules of the network stand before it: it has an identity, or a subnet whose rules are judged. */
      readonly stands: boolean;
      readonly front: readonly string[];
      readonly sources: readonly string[];
    }
  /** People of a VPN, where the VPN has a network identity of its own. */
  | { readonly kind: "vpn"; readonly name: "vpn"; readonly tier: Tier }
  /** The lists, tags or ranges as which the other side of the rule sees it; none where another rule stands for it. */
  | { readonly kind: "cdn"; readonly name: "cdn"; readonly sources: readonly string[] }
  /** Object storage, reached by the private path. */
  | { readonly kind: "store"; readonly name: "store" }
  | { readonly kind: "ranges"; readonly name: string; readonly ranges: readonly string[] };

export type MemberPeer = Extract<Peer, { kind: "compute" | "database" | "cache" | "endpoints" | "balancer" | "vpn" }>;

/** As whom the CDN comes: to balancers, and to roles behind those that hand connections on. */
export interface CdnSeen {
  readonly balancers: readonly string[];
  readonly roles: readonly string[];
}

/** The network identities of one place, by peer name. */
export interface PeersSpec {
  readonly place: PlaceKey;
  readonly peers: Readonly<Record<string, MemberPeer>>;
}

export interface AccessLimits {
  /** Whether a rule can name the redundancy protocol alone. */
  readonly vrrp: Support;
}

/** One permission: exactly what each cloud turns into its one or two rules. */
export interface RuleSpec {
  readonly from: Peer;
  readonly to: Peer;
  readonly protocol: "tcp" | "udp" | "vrrp" | "all";
  /** 0 and 0 where the protocol has no ports. */
  readonly fromPort: number;
  readonly toPort: number;
  /** Unique among the rules of the place, 200 to 3900; kept when other rules come or go. */
  readonly priority: number;
}

export interface FlowsSpec {
  readonly place: PlaceKey;
  /** By key `<from>-<to>-<protocol>[-<port>[-<port>]]`. */
  readonly rules: Readonly<Record<string, RuleSpec>>;
  /** Tiers of this place, so that each can be closed by default. */
  readonly tiers: readonly Tier[];
  readonly ipv6: boolean;
}

/** A documented flow with a peer that nobody is yet: shown by the plan, no rule. */
export interface WaitingFlow {
  readonly flow: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly waitsFor: string;
}

/** One documented flow as this cloud has it. */
export interface FlowLine {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly ports: string;
  readonly place: PlaceKey;
  /** Key of the rule in the flows spec; null where another one stands for it, or none is needed. */
  readonly rule: string | null;
}
