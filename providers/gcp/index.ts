import type { CloudAdapter } from "../../components/contract.ts";
import { flows, peers } from "./access.ts";
import { balancer } from "./balancer.ts";
import { cache } from "./cache.ts";
import { cdn } from "./cdn.ts";
import { certificates } from "./certificates.ts";
import { group } from "./compute.ts";
import { database, replica } from "./database.ts";
import { records, zones } from "./dns.ts";
import { endpoints } from "./endpoints.ts";
import { entry } from "./entry.ts";
import { foundation } from "./foundation.ts";
import { grants } from "./grants.ts";
import { identities } from "./identity.ts";
import { keys } from "./keys.ts";
import { logs } from "./logs.ts";
import { machine } from "./machine.ts";
import type { GcpNatives } from "./natives.ts";
import { network } from "./network.ts";
import { routes } from "./routes.ts";
import { secrets } from "./secrets.ts";
import { bucket } from "./storage.ts";
import { waf } from "./waf.ts";

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
  zones,
  certificates,
  waf,
  balancer,
  routes,
  cdn,
  records,
  entry,
} satisfies CloudAdapter<GcpNatives>;
