import type { CloudAdapter } from "../../components/contract.ts";
import { flows, peers } from "./access.ts";
import { cache } from "./cache.ts";
import { group } from "./compute.ts";
import { database, replica } from "./database.ts";
import { endpoints } from "./endpoints.ts";
import { foundation } from "./foundation.ts";
import { grants } from "./grants.ts";
import { identities } from "./identity.ts";
import { keys } from "./keys.ts";
import { logs } from "./logs.ts";
import { machine } from "./machine.ts";
import type { GcpNatives } from "./natives.ts";
import { network } from "./network.ts";
import { secrets } from "./secrets.ts";
import { bucket } from "./storage.ts";

export type { GcpNatives } from "./natives.ts";

/** How Google Cloud makes every concept. */
export const adapter = {
  cloud: "gcp",
  transformations: [],
  foundation,
  keys,
  identities,
  logs,
  network,
  peers,
  endpoints,
  secrets,
  bucket,
  database,
  replica,
  cache,
  grants,
  group,
  machine,
  flows,
} satisfies CloudAdapter<GcpNatives>;
