/**
 * What the simulated Azure knows of each type this program makes: id, unique names, what the cloud fills in, what it refuses.
 * Ids are shaped like the real ones, not proven; limits of names, quotas and timing are not in it.
 */
import { createHash } from "node:crypto";
import type { CloudKinds, Kind } from "../kinds.ts";
import { kindOf, lockedBy, parents, type Row, referenceOf, textAt, underGroup } from "./azure/arm.ts";
import { cdn } from "./azure/cdn.ts";
import { compute } from "./azure/compute.ts";
import { data } from "./azure/data.ts";
import { entry } from "./azure/entry.ts";
import { network } from "./azure/network.ts";

const rows: Readonly<Record<string, Row>> = { ...network, ...data, ...compute, ...entry, ...cdn };

/** The one thing that lies in no group; it takes with it whatever lies within. */
const resourceGroup: Kind = {
  nameInput: "resourceGroupName",
  id: ({ name, landlord }) => `/subscriptions/${landlord.subscriptionId}/resourceGroups/${name}`,
  outputs: ({ name }) => ({ name }),
  contains: true,
};

/** Named by nobody: a zone has one. */
const dnssec: Kind = {
  nameInput: "zoneName",
  id: birth => `${underGroup(birth)}/providers/Microsoft.Network/dnsZones/${birth.name}/dnssecConfigs/default`,
  outputs: ({ hex }) => ({
    name: "default",
    signingKeys: [
      { flags: 256, keyTag: 1, delegationSignerInfo: [] },
      { flags: 257, keyTag: 2, delegationSignerInfo: [{ digestAlgorithmType: 2, digestValue: hex(64), record: `2 13 2 ${hex(64)}` }] },
    ],
  }),
};

const isReference = referenceOf(Object.values(rows).map(({ path }) => path));

/** Keys as a cache has them: 32 bytes in base64, the same for the same cache. */
const keyOf = (...words: readonly string[]): string => createHash("sha256").update(words.join("/")).digest("base64");

export const azureKinds: CloudKinds = {
  kinds: {
    "azure-native:resources:ResourceGroup": resourceGroup,
    "azure-native:dns:DnssecConfig": dnssec,
    ...Object.fromEntries(Object.entries(rows).map(([type, row]) => [type, kindOf(row)])),
  },
  parents,
  guards: lockedBy,
  isReference: (text, { subscriptionId }) => isReference(text, subscriptionId),
  lookups: {
    "azure-native:redisenterprise:listDatabaseKeys": args => ({
      primaryKey: keyOf(textAt(args, "clusterName"), textAt(args, "databaseName"), "primary"),
      secondaryKey: keyOf(textAt(args, "clusterName"), textAt(args, "databaseName"), "secondary"),
    }),
  },
};
