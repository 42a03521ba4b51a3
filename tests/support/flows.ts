/** The hand-written tables of `tests/flows`: who may talk to whom in each system, on each cloud, in each environment. */
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { joined, wayText } from "../../cli/planner/ways.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import type { Reach } from "../../reach/model.ts";
import { linesOf, type PortSet, portSet, union } from "../../reach/ports.ts";

/** What makes the peer, until which nothing of a row is open; `outside`: the peer's ranges come from a stack's configuration. */
export const laters = ["kubernetes", "outside", "variant"] as const;
export const environments = ["prod", "staging"] as const;
export type Environment = (typeof environments)[number];

const port = z.union([z.int().min(1).max(65_535), z.string()]);
const Row = z.strictObject({
  from: z.array(z.string()).min(1),
  to: z.array(z.string()).min(1),
  tcp: z.array(port).min(1).optional(),
  udp: z.array(port).min(1).optional(),
  /** Protocols without ports: the list is empty. */
  vrrp: z.array(port).max(0).optional(),
  all: z.array(port).max(0).optional(),
  ids: z.array(z.string().regex(/^(CT|CTE|RF|FA|BF)-[A-Z0-9]+(-[A-Z]+[0-9]*)?-\d{2}$/)).min(1),
  environments: z
    .array(z.enum(environments))
    .min(1)
    .default([...environments]),
  clouds: z
    .array(z.enum(clouds))
    .min(1)
    .default([...clouds]),
  place: z.enum(["primary", "secondary"]).default("primary"),
  later: z.enum(laters).optional(),
  beyond: z.string().optional(),
});
export type Row = z.output<typeof Row>;

const File = z.strictObject({ ports: z.record(z.string(), z.record(z.enum(clouds), z.array(port))), flows: z.array(Row) });

const folder = new URL("../flows/", import.meta.url);

/** By system. */
export const tables: Readonly<Record<string, z.output<typeof File>>> = Object.fromEntries(
  readdirSync(folder)
    .filter(file => file.endsWith(".yaml"))
    .map(file => [file.slice(0, -".yaml".length), File.parse(parse(readFileSync(new URL(file, folder), "utf8")))]),
);

export interface Cell {
  readonly system: string;
  readonly environment: Environment;
  readonly cloud: Cloud;
}

export const everyCell: readonly (readonly [string, Environment, Cloud])[] = Object.keys(tables).flatMap(system =>
  environments.flatMap(environment => clouds.map(cloud => [system, environment, cloud] as const)),
);

export const rowsOf = ({ system, environment, cloud }: Cell): readonly Row[] =>
  (tables[system]?.flows ?? []).filter(row => row.environments.includes(environment) && row.clouds.includes(cloud));

/** A number, a range, or the word for what differs by cloud. */
function run(protocol: "tcp" | "udp", written: number | string, { system, cloud }: Cell): PortSet {
  const named = tables[system]?.ports[String(written)]?.[cloud];
  if (named !== undefined) return union(...named.map(each => run(protocol, each, { system: "", environment: "prod", cloud })));
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(String(written)) ?? [];
  if (first === undefined) throw new Error(`${system}: expected a port, a range or one of the words under ports, got "${written}"`);
  return portSet(protocol, [Number(first), Number(last)]);
}

export function permissionsOf(row: Row, cell: Cell): readonly Reach[] {
  const ports = union(
    ...(row.tcp ?? []).map(written => run("tcp", written, cell)),
    ...(row.udp ?? []).map(written => run("udp", written, cell)),
    ...(row.vrrp === undefined ? [] : [portSet("vrrp")]),
    ...(row.all === undefined ? [] : [portSet("all")]),
  );
  return row.from.flatMap(from =>
    row.to.flatMap(to => linesOf(ports).map(line => ({ from, to, ...line, place: row.place, through: row.ids }))),
  );
}

/** What is open today, by the tables. */
export const expectedOf = (cell: Cell): readonly Reach[] =>
  rowsOf(cell)
    .filter(({ later }) => later === undefined)
    .flatMap(row => permissionsOf(row, cell));

/** One line a pair and run of ports, ready to compare. */
export const lines = (reaches: readonly Reach[]): readonly string[] => joined(reaches).map(wayText);
