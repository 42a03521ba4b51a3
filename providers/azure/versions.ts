import type * as pulumi from "@pulumi/pulumi";

/** A type of an API version of its own, such as `azure-native:network/v20150615:Subnet`. */
const dated = /^azure-native:[^:]+\/v\d{8}[^:]*:/;

/**
 * Leaves out the alias that Azure's SDK gives each resource for every version its API ever had, about thirty of them:
 * no state of ours knows those types, and sorting them out is most of the time and memory of a deploy.
 */
export const withoutOldVersions: pulumi.ResourceTransformation = ({ props, opts }) => {
  if (!Array.isArray(opts.aliases)) return undefined;
  const aliases = opts.aliases.filter(alias => !(typeof alias === "object" && "type" in alias && dated.test(String(alias.type))));
  return { props, opts: { ...opts, aliases } };
};
