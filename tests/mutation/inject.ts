/** Lets one fault happen wherever its resource or output occurs, as a slip in the code would. */
import type { Resource } from "@pulumi/pulumi";
import { type Change, changedAt, type Fault, suffered } from "./fault.ts";
import type { Asked, Hook } from "./hook.ts";

/** A rule of each cloud, open to everybody: what it no longer says, and what it says instead. */
export const openings: Readonly<Record<string, { readonly without: readonly string[]; readonly says: Readonly<Record<string, unknown>> }>> =
  {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
      without: ["referencedSecurityGroupId", "prefixListId", "cidrIpv6"],
      says: { cidrIpv4: "0.0.0.0/0" },
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
      without: ["referencedSecurityGroupId", "prefixListId", "cidrIpv6"],
      says: { cidrIpv4: "0.0.0.0/0" },
    },
    "azure-native:network:SecurityRule": {
      without: ["sourceApplicationSecurityGroups", "sourceAddressPrefixes"],
      says: { sourceAddressPrefix: "*" },
    },
    "gcp:compute/firewall:Firewall": {
      without: ["sourceServiceAccounts", "sourceTags"],
      says: { sourceRanges: ["0.0.0.0/0"] },
    },
  };

const keyOf = (type: string, name: string): string => `${type} ${name}`;

function opened({ type, props }: Asked): Asked["props"] {
  const opening = openings[type];
  if (opening === undefined) return props;
  return { ...Object.fromEntries(Object.entries(props).filter(([key]) => !opening.without.includes(key))), ...opening.says };
}

const isProps = (value: unknown): value is Asked["props"] => typeof value === "object" && value !== null;
const changed = (props: Asked["props"], to: unknown): Asked["props"] => (isProps(to) ? to : props);

/** `made`: the resources of this run so far. */
function faulty(asked: Asked, change: Change, made: ReadonlyMap<string, Resource>): Asked | null {
  const { props, opts } = asked;
  switch (change.do) {
    case "alter":
    case "remove":
      return { ...asked, props: changed(props, suffered(props, change)) };
    case "refer": {
      const other = made.get(keyOf(change.type, change.name));
      const output: unknown = other === undefined ? undefined : Reflect.get(other, change.property);
      return output === undefined
        ? asked
        : {
            ...asked,
            props: changed(
              props,
              changedAt(props, change.path, () => output),
            ),
          };
    }
    case "forget": {
      const { [change.option]: _, ...others } = opts;
      return { ...asked, opts: change.option === "protect" ? { ...others, protect: false } : others };
    }
    case "move": {
      const parent = [...made].find(([key]) => key === change.to)?.[1];
      return parent === undefined ? asked : { ...asked, opts: { ...opts, parent } };
    }
    case "rename":
      return { ...asked, name: `${asked.name}-2` };
    case "widen":
      return { ...asked, props: opened(asked) };
    case "drop":
      return null;
  }
}

export function injection(fault: Fault): Hook {
  let made = new Map<string, Resource>();
  return {
    ask(asked) {
      if (asked.type === "pulumi:pulumi:Stack") made = new Map();
      if (fault.at !== "resource" || fault.type !== asked.type || fault.name !== asked.name) return asked;
      return faulty(asked, fault.change, made);
    },
    made(resource, { type, name }) {
      made.set(keyOf(type, name), resource);
    },
    outputs(type, outputs) {
      if (fault.at !== "output" || fault.type !== type) return outputs;
      return renamed(outputs, fault.path);
    },
  };
}

/** The last key of a path, written another way. */
function renamed(outputs: unknown, path: readonly (string | number)[]): unknown {
  const last = path.at(-1);
  return changedAt(outputs, path.slice(0, -1), inner =>
    isProps(inner) ? Object.fromEntries(Object.entries(inner).map(([key, value]) => [key === last ? `${key}s` : key, value])) : inner,
  );
}
