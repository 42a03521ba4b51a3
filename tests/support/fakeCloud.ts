/** The smallest cloud that conforms: one thing for each concept, which waits for everything it was handed. */
import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Natives, Scope } from "../../components/contract.ts";
import { isMap } from "../../components/kernel/merge.ts";

class Thing extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    super("fake:index:Thing", name, inputs, opts);
  }
}

class Provider extends pulumi.ProviderResource {}

/** Whatever says that it is ready, one level down or two. */
const readyOf = (on: unknown): readonly pulumi.Resource[] => {
  if (!isMap(on)) return [];
  if (Array.isArray(on.ready)) return on.ready.filter(resource => pulumi.Resource.isInstance(resource));
  return Object.values(on).flatMap(readyOf);
};

function thing({ name, parent, place, protection }: Scope, on: object, more: pulumi.Inputs = {}) {
  const made = new Thing(
    `${name}-thing`,
    { region: place.region, ...more },
    { parent, protect: protection, dependsOn: [...Object.values(on).flatMap(readyOf)] },
  );
  return { native: {}, ready: [made], id: made.id };
}

const each = <T>(record: Readonly<Record<string, unknown>>, value: T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.keys(record).map(key => [key, value]));

const server = (scope: Scope, port: number, secret: string | null, on: object, more: pulumi.Inputs) => {
  const { id, ...made } = thing(scope, on, more);
  return { ...made, host: id, port, secret: secret === null ? null : id };
};

export const fakeCloud: CloudAdapter<Natives> = {
  cloud: "aws",
  transformations: [],
  foundation: (scope, _, on) => {
    const provider = new Provider("fake", `${scope.name}-provider`, {}, { parent: scope.parent });
    const made = new Thing(`${scope.name}-thing`, {}, { parent: scope.parent, provider });
    return { native: {}, ready: [made], providers: [provider], suffix: on.suffix };
  },
  keys: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, keyIds: each(spec.keys, id) };
  },
  identities: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, principals: each(spec.principals, id) };
  },
  logs: (scope, _, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, destination: id };
  },
  network: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, networkId: id, subnetIds: each(spec.subnets, id) };
  },
  peers: (scope, _, on) => thing(scope, on),
  endpoints: (scope, _, on) => thing(scope, on),
  secrets: (scope, spec, on) => {
    const { values, ...rest } = on;
    const { id, ...made } = thing(scope, rest, { values });
    return { ...made, references: each(spec.secrets, id) };
  },
  bucket: (scope, _, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, bucketName: id };
  },
  database: (scope, spec, on) => {
    const { password, ...rest } = on;
    return server(scope, spec.port, spec.admin.secret, rest, password === null ? {} : { password });
  },
  replica: (scope, spec, on) => server(scope, spec.port, null, on, {}),
  cache: (scope, spec, on) => {
    const { token, ...rest } = on;
    const made = server(scope, spec.port, spec.secret, rest, token === null ? {} : { token });
    return { ...made, tls: true, clustered: spec.sharded };
  },
  grants: (scope, _, on) => thing(scope, on),
  group: (scope, _, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, groupName: id };
  },
  machine: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, addresses: each(spec.instances, id) };
  },
  flows: (scope, _, on) => thing(scope, on),
  zones: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return {
      ...made,
      nameServers: each(
        spec.zones,
        id.apply(server => [server]),
      ),
      signers: each(spec.zones, id),
    };
  },
  certificates: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, certificates: each(spec.certificates, { id, expires: id }) };
  },
  waf: (scope, _, on) => thing(scope, on),
  balancer: (scope, _, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, host: id };
  },
  routes: (scope, _, on) => thing(scope, on),
  cdn: (scope, spec, on) => {
    const { id, ...made } = thing(scope, on);
    return { ...made, hosts: each(spec.sites, id) };
  },
  records: (scope, _, on) => thing(scope, on),
  entry: (scope, spec, on) => {
    const { keysOf, ...rest } = on;
    const { id, ...made } = thing(scope, rest, { keysOf });
    return { ...made, session: id, tunnels: each(spec.sites, id) };
  },
};
