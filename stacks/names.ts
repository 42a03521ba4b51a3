/** Names of members: they are identity, so they must not collide with one another nor with the parts of a component. */

import { reservedPeers } from "../components/access/model.ts";
import type { Findings } from "../components/kernel/findings.ts";
import { nearest } from "../components/kernel/nearest.ts";
import type { PlatformArgs } from "./platform.ts";

/** Parts that can be unlocked besides members. */
const lockableParts = ["foundation", "keys", "logs", "network", "endpoints", "secrets", "zones", "entry", "all"] as const;

/** Words that end the names of children: a member that ends in one could take a child's name. */
const partWords = [
  "bucket",
  "key",
  "role",
  "subnet",
  "policy",
  "template",
  "group",
  "instance",
  "volume",
  "disk",
  "network",
  "server",
  "account",
  "vault",
  "endpoint",
  "rule",
  "alarm",
  "routes",
];

/** Components of the program itself; a bucket may still be called `logs`. */
const steps = ["all", "foundation", "identities", "keys", "network", "peers", "endpoints", "secrets", "grants", "flows"];

const membersOf = (args: PlatformArgs): Readonly<Record<string, readonly string[]>> => ({
  roles: Object.keys(args.roles),
  databases: Object.keys(args.databases),
  caches: Object.keys(args.caches),
  buckets: Object.keys(args.buckets),
  balancers: Object.keys(args.edge.balancers),
});

/** Words of flows that wait for a role or a balancer of their name. */
const awaited = ["lb", "lb-int", "bastion"];
const isReserved = (name: string, concept: string): boolean =>
  (reservedPeers as readonly string[]).includes(name) && !(awaited.includes(name) && (concept === "roles" || concept === "balancers"));

export function judgeNames(args: PlatformArgs, findings: Findings): void {
  const members = membersOf(args);
  const owners = new Map<string, string>();
  for (const [concept, names] of Object.entries(members))
    for (const name of names) {
      const path = `${concept}.${name}`;
      if (name.endsWith("-dr"))
        findings.refuse(
          path,
          `expected a name without -dr at its end, which belongs to the second region, got "${name}"`,
          `call it "${name.slice(0, -3)}"`,
        );
      if (partWords.some(word => name.endsWith(`-${word}`)))
        findings.refuse(
          path,
          `expected a name that does not end as a part of something does (-key, -subnet, …), got "${name}"`,
          `call it "${name.replace(/-[a-z]+$/, "")}"`,
        );
      if (isReserved(name, concept) && concept !== "buckets")
        findings.refuse(path, `expected a name of its own, got "${name}", which is a reserved word of flows`, `call it "${name}-1"`); // buckets talk to nobody by name
      else if (steps.includes(name))
        findings.refuse(path, `expected a name of its own, got "${name}", which is a part of every platform`, `call it "${name}-1"`);
      const other = owners.get(name);
      if (other !== undefined)
        findings.refuse(
          path,
          `expected a name of its own, got "${name}", which is already one of ${other}`,
          `call it "${name}-${concept.slice(0, -1)}"`,
        );
      owners.set(name, concept);
    }
  for (const [database, { replicas }] of Object.entries(args.databases))
    for (const replica of Object.keys(replicas)) judgeReplica(database, replica, args, owners, findings);
}

/** A replica's resources are named after its database and itself. */
function judgeReplica(
  database: string,
  replica: string,
  { databases }: PlatformArgs,
  owners: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  const path = `databases.${database}.replicas.${replica}`;
  const elsewhere = databases[database]?.replicas[replica]?.place === "secondary";
  if (!elsewhere && (replica === "dr" || replica.endsWith("-dr")))
    findings.refuse(
      path,
      `expected a name without -dr at its end, which belongs to the second region, got "${replica}"`,
      "rename it, or say `place: secondary`",
    );
  const other = owners.get(`${database}-${replica}`);
  if (other !== undefined)
    findings.refuse(path, `its resources would be called "${database}-${replica}", which is already one of ${other}`, "rename one of them");
}

export function judgeUnlock(args: PlatformArgs, unlock: readonly string[], findings: Findings): void {
  const known = [...lockableParts, ...Object.values(membersOf(args)).flat()];
  for (const name of unlock)
    if (!known.includes(name)) {
      const near = nearest(name, known);
      findings.refuse(
        "strata:unlock",
        `no member or part is called "${name}"`,
        near === null ? `use any of ${known.join(", ")}` : `did you mean "${near}"?`,
      );
    }
  for (const name of new Set(unlock)) {
    const meant = known.filter(word => word === name).length;
    if (meant > 1)
      findings.note(
        "strata:unlock",
        `"${name}" means ${meant} things, a part of the stack and members of that name: all of them are unlocked`,
      );
  }
  if (unlock.length > 0)
    findings.note(
      "strata:unlock",
      `protection is lifted for ${unlock.join(", ")}: deploy this alone, then make the change in a deploy of its own, then lock again`,
    );
}
