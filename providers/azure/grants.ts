import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { GrantSpec, GrantsSpec } from "../../components/identity/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, ringOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { assign, type Role } from "./roles.ts";

interface Right {
  readonly role: Role;
  /** What the right is about, as part of its name. */
  readonly where: string;
  readonly target: pulumi.Input<string>;
}

/** Role assignments per principal and thing. Whoever waits for them finds the store's private door open too. */
export function grants(scope: Scope, spec: GrantsSpec, on: On<"grants">): Out<"grants"> {
  const store = on.secrets === null ? [] : on.secrets.ready;
  const of = each(spec.grants, (principal, { things }) => {
    const rights = Object.values(things).flatMap(grant => rightsOf(grant, on));
    // Two things may come down to one right, and Azure refuses a second assignment of the same.
    const wanted = Object.fromEntries(rights.map(right => [`${principal}-${right.where}-${right.role.toLowerCase()}`, right]));
    const to = pick(on.identities.native.identities, principal);
    return [...Object.values(each(wanted, (key, right) => assign(scope, key, { ...right, to }, on))), ...store];
  });
  return { native: { of }, ready: Object.values(of).flat() };
}

function rightsOf({ thing, verb }: GrantSpec, on: On<"grants">): readonly Right[] {
  switch (thing.kind) {
    case "secret":
      if (on.secrets === null) throw new Error(`no store holds the secret ${thing.name}`);
      return [
        {
          role: verb === "read" ? "secretsRead" : "secretsWrite",
          where: `secret-${thing.name}`,
          target: pulumi.interpolate`${on.secrets.native.vault.id}/secrets/${thing.name}`, // by name: a cache writes its own
        },
      ];
    case "key": {
      const { vault, keys } = ringOf(on, thing.place).native;
      return [
        {
          role: "crypto",
          where: `key-${thing.name}-${thing.place}`,
          target: pulumi.interpolate`${vault.id}/keys/${pick(keys, thing.name).name}`,
        },
      ];
    }
    case "bucket":
      return [
        {
          role: verb === "read" ? "blobRead" : "blobWrite",
          where: `bucket-${thing.name}`,
          target: pick(on.buckets, thing.name).native.account.id,
        },
      ];
    case "database":
      return []; // Entra knows the identity; who it is inside is mapped by SQL, and an application is no administrator of the server
    case "metrics":
      return [...(verb === "write" ? [] : inGroups("metricsRead", on)), ...(verb === "read" ? [] : publish(on))];
    case "logs":
      return [
        ...(verb === "write" ? [] : [{ role: "logsRead" as const, where: "logs", target: on.logs.native.workspace.id }]),
        ...(verb === "read" ? [] : publish(on)), // entries go in by collection rules, which stand in the group
      ];
    case "inventory":
      return inGroups("inventory", on);
    case "session":
      return []; // Azure's sessions need nothing of the machine; who may open one is a person's role
  }
}

/** Hosts run in the primary place alone, beside their collection rules. */
const publish = (on: On<"grants">): readonly Right[] => inGroups("publish", on).filter(({ where }) => where === "group-primary");

const inGroups = (role: Role, on: On<"grants">): readonly Right[] =>
  Object.entries(on.foundation.native.groups).map(([place, group]) => ({ role, where: `group-${place}`, target: group.id }));
