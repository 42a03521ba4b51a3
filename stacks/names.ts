/** Names of members: they are identity, so they must not collide with one another nor with the parts of a component. */

import { reservedPeers } from "../components/access/model.ts";
import type { Findings } from "../components/kernel/findings.ts";
import { nearest } from "../components/kernel/nearest.ts";
import type { PlatformArgs } from "./platform.ts";

/** Parts that can be unlocked besides members. */
const lockableParts = ["foundation", "keys", "logs", "network", "secrets", "all"] as const;

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
];

const membersOf = (args: PlatformArgs): Readonly<Record<string, readonly string[]>> => ({
  roles: Object.keys(args.roles),
  databases: Object.keys(args.databases),
  caches: Object.keys(args.caches),
  buckets: Object.keys(args.buckets),
});

export function judgeNames(args: PlatformArgs, findings: Findings): void {
  const members = membersOf(args);
  const owners = new Map<string, string>();
  for (const [concept, names] of Object.entries(members))
    for (const name of names) {
      const path = `${concept}.${name}`;
      if (name.endsWith("-dr"))
        findings.refuse(path, "names that end in -dr belong to the second region", `call it "${name.slice(0, -3)}"`);
      if (partWords.some(word => name.endsWith(`-${word}`)))
        findings.refuse(path, `"${name}" ends in the name of a part`, `call it "${name.replace(/-[a-z]+$/, "")}"`);
      if (concept === "buckets") continue; // buckets talk to nobody by name
      if ((reservedPeers as readonly string[]).includes(name))
        findings.refuse(path, `"${name}" is a reserved word of flows`, `call it "${name}-1"`);
      const other = owners.get(name);
      if (other !== undefined)
        findings.refuse(path, `"${name}" is already one of ${other}`, "give every role, database and cache a name of its own");
      owners.set(name, concept);
    }
}

export function judgeUnlock(args: PlatformArgs, unlock: readonly string[], findings: Findings): void {
  const known = [...lockableParts, ...Object.values(membersOf(args)).flat()];
  for (const name of unlock)
    if (!known.includes(name)) {
      const near = nearest(name, known);
      findings.refuse(
        "strata:unlock",
        `nothing is called "${name}"`,
        near === null ? `use any of ${known.join(", ")}` : `did you mean "${near}"?`,
      );
    }
  if (unlock.length > 0)
    findings.note(
      "strata:unlock",
      `protection is lifted for ${unlock.join(", ")}: deploy this alone, then make the change in a deploy of its own, then lock again`,
    );
}
