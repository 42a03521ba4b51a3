/** Seconds per resource of a generated platform with few and with many members, on the cloud and of the kind named as arguments. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { stackConfig } from "../cli/planner/config.ts";
import { planStack } from "../cli/planner/strata.ts";
import { median } from "./run.ts";

type Platform = Readonly<Record<string, unknown>>;

const network = { range: "10.20.0.0/16", tiers: { public: {}, app: {}, data: {} } };
const role = { ports: { app: 8080 }, count: { min: 1, max: 1 } };
const numbered = (name: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
const each = <T>(names: readonly string[], of: (name: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(names.map(name => [name, of(name)]));

/** Roles that ask one database. */
function roles(count: number): Platform {
  const names = numbered("role", count);
  return {
    network,
    roles: each(names, () => role),
    databases: { db: { engine: "postgres", size: { vcpu: 2, memoryGiB: 8 } } },
    access: { flows: each(names, name => ({ from: [name], to: ["db"] })) },
  };
}

const namesOfOne = 10;

/** Names, each with a certificate, a record and a route; ten to a balancer. */
function names(count: number): Platform {
  const all = numbered("name", count);
  const behind = each(numbered("lb", Math.ceil(count / namesOfOne)), lb => {
    const first = (Number(lb.slice(3)) - 1) * namesOfOne;
    return all.slice(first, first + namesOfOne);
  });
  const balancers = Object.keys(behind);
  const hostOf = (name: string): string => `${name}.example.com`;
  return {
    network,
    roles: { api: role },
    edge: {
      dns: {
        zones: {
          main: {
            domain: "example.com",
            records: Object.assign({}, ...Object.entries(behind).map(([to, own]) => each(own, () => ({ to })))),
          },
        },
      },
      certificates: each(all, name => ({ domain: hostOf(name) })),
      balancers: each(balancers, lb => ({
        certificates: behind[lb],
        pools: { api: {} },
        routes: each(behind[lb] ?? [], name => ({ hosts: [hostOf(name)], to: "api" })),
      })),
    },
    access: {
      flows: {
        visitors: { from: ["internet"], to: balancers, ports: [443] },
        behind: { from: balancers, to: ["api"], ports: [8080] },
      },
    },
  };
}

const kinds: Readonly<Record<string, (count: number) => Platform>> = { roles, names };

const [, , cloud = "aws", kind = "roles"] = process.argv;
const platform = kinds[kind];
if (platform === undefined) throw new Error(`expected ${Object.keys(kinds).join(" or ")}, got "${kind}"`);
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "strata-bench-"));

function written(count: number, base: Platform): string {
  const file = join(folder, `${count}.yaml`);
  writeFileSync(
    file,
    stringify({ name: "bench", description: "Generated.", base, environments: { prod: {} } }, { aliasDuplicateObjects: false }),
  );
  return file;
}

async function secondsPerResource(file: string): Promise<number> {
  const config = stackConfig({ system: file, cloud, environment: "prod" }, new URL("../", import.meta.url));
  const start = performance.now();
  const { resources } = await planStack(config);
  return (performance.now() - start) / 1000 / resources.length;
}

try {
  const [small, large] = [written(20, platform(20)), written(200, platform(200))];
  await secondsPerResource(small); // the SDK's modules load at first use
  const figures: { readonly few: number; readonly many: number }[] = [];
  // By turns, so that whatever else the machine does meets both.
  for (let round = 0; round < rounds; round += 1) {
    const few = [await secondsPerResource(small), await secondsPerResource(small), await secondsPerResource(small)];
    figures.push({ few: median(few), many: await secondsPerResource(large) });
  }
  console.log(JSON.stringify({ few: median(figures.map(({ few }) => few)), many: median(figures.map(({ many }) => many)) }));
} finally {
  rmSync(folder, { recursive: true });
}
