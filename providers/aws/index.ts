/** AWS: every concept, as one table of functions. */
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
import type { AwsNatives } from "./natives.ts";
import { network } from "./network.ts";
import { secrets } from "./secrets.ts";
import { bucket } from "./storage.ts";

export type { AwsNatives } from "./natives.ts";

export const adapter = {
  cloud: "aws",
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
} satisfies CloudAdapter<AwsNatives>;
