/**
 * Who reaches whom in every system, in prod and in staging, on every cloud: worked out from the planned rules, routes and addresses,
 * and compared both ways with tables written by hand from the documents. What a cloud does with a rule is the readers' to know
 * (tests/reach.*.test.ts); what a host's own firewall closes is not shown here.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { flowReport } from "../cli/flowReport.ts";
import type { Plan } from "../cli/planner/model.ts";
import { wayText, without } from "../cli/planner/ways.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { reachabilityOf } from "../reach/index.ts";
import type { Reach } from "../reach/model.ts";
import { intersection, isEmpty, portSet, union } from "../reach/ports.ts";
import { type Cell, environments, everyCell, expectedOf, laters, lines, permissionsOf, rowsOf, tables } from "./support/flows.ts";
import { planOf } from "./support/shipped.ts";

const systems = Object.keys(tables);
const keyOf = ({ system, environment, cloud }: Cell): string => `${system} ${environment} ${cloud}`;
const plans = new Map<string, Plan>();
const planned = (cell: Cell): Plan => {
  const plan = plans.get(keyOf(cell));
  if (plan === undefined) throw new Error(`no plan of ${keyOf(cell)}`);
  return plan;
};

beforeAll(async () => {
  for (const [system, environment, cloud] of everyCell)
    plans.set(keyOf({ system, environment, cloud }), await planOf({ system, environment }, cloud));
});

describe("the tables", () => {
  const sections: Readonly<Record<string, string>> = { cctelegram: "A8", reference: "B8", freeagentics: "C8", bettafish: "D8" };
  /** Shown by the laws below, or nothing that a packet filter of ours lets through. */
  const elsewhere = {
    cctelegram: ["CT-FW-06", "CT-FW-07"], // the platform's own resolver and clock
    reference: [],
    freeagentics: ["FA-SG-10", "FA-SG-12", "FA-MR-05"], // nothing leaves the data tier; replication is the service's own
    bettafish: [],
  } satisfies Record<string, readonly string[]>;

  it("are there for four systems and 24 plans", () => {
    expect(systems.toSorted()).toEqual(Object.keys(sections).toSorted());
    expect(everyCell).toHaveLength(24);
  });

  it.each(Object.entries(elsewhere))("[flows] have every id that the register lists for %s", (system, others) => {
    const register: { readonly sections: Readonly<Record<string, readonly string[]>> } = parse(
      readFileSync(new URL("register.yaml", import.meta.url), "utf8"),
    );
    const written = new Set<string>(tables[system]?.flows.flatMap(({ ids }) => ids));
    const listed = register.sections[sections[system] ?? ""] ?? [];
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter(id => !written.has(id))).toEqual(others);
  });

  it("name no row twice", () => {
    for (const [system, environment, cloud] of everyCell) {
      const cell: Cell = { system, environment, cloud };
      const all = rowsOf(cell).flatMap(row => permissionsOf(row, cell).map(wayText));
      expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
    }
  });

  it("tell how many rows wait for what, and how many are more than asked", () => {
    const rows = systems.flatMap(system => tables[system]?.flows ?? []);
    const counts = Object.fromEntries(laters.map(later => [later, rows.filter(row => row.later === later).length]));
    expect(counts).toEqual({ kubernetes: 6, outside: 8, variant: 5 });
    expect(rows.filter(({ beyond }) => beyond !== undefined)).toHaveLength(5);
  });
});

describe.each(everyCell)("%s %s on %s", (system, environment, cloud) => {
  const cell: Cell = { system, environment, cloud };
  const read = () => reachabilityOf(planned(cell));

  it("opens what is written and nothing else", () => {
    expect(lines(read().reaches)).toEqual(lines(expectedOf(cell)));
  });

  it("opens what the plan says was decided", () => {
    const { extra, missing } = flowReport(planned(cell));
    expect(lines(missing)).toEqual([]);
    expect(lines(extra)).toEqual([]);
  });

  it("exposes nothing", () => {
    expect(read().exposures).toEqual([]);
  });

  it("opens nothing yet of what waits", () => {
    const waiting = rowsOf(cell)
      .filter(({ later }) => later !== undefined)
      .flatMap(row => permissionsOf(row, cell));
    expect(waiting.length).toBeGreaterThan(0);
    expect(lines(without(waiting, read().reaches))).toEqual(lines(waiting));
  });

  it("says what lets each way through", () => {
    const names = new Set(planned(cell).resources.map(({ name }) => name));
    for (const way of read().reaches) {
      expect(way.through.length, wayText(way)).toBeGreaterThan(0);
      expect(
        way.through.filter(name => !names.has(name)),
        wayText(way),
      ).toEqual([]);
    }
  });

  it("is read in the blink of an eye", () => {
    const plan = planned(cell);
    reachabilityOf(plan);
    const begun = performance.now();
    reachabilityOf(plan);
    expect(performance.now() - begun).toBeLessThan(300);
  });
});

describe("the laws", () => {
  const everywhere = (): readonly (readonly [Cell, Reach])[] =>
    everyCell.flatMap(([system, environment, cloud]) => {
      const cell: Cell = { system, environment, cloud };
      return reachabilityOf(planned(cell)).reaches.map(way => [cell, way] as const);
    });
  const broken = (by: (way: Reach, cell: Cell) => boolean): readonly string[] =>
    everywhere()
      .filter(([cell, way]) => by(way, cell))
      .map(([cell, way]) => `${keyOf(cell)}: ${wayText(way)}`);
  const isData = (end: string): boolean => /^(db|cache|store|endpoints)\b/.test(end);

  it("let the internet in through entries alone", () => {
    const doors: Readonly<Record<string, readonly string[]>> = {
      lb: ["tcp 80", "tcp 443"],
      cdn: ["tcp 80", "tcp 443"],
      vpn: ["tcp 443", "udp 500", "udp 4500"],
      session: ["tcp 443"],
    };
    const isDoor = ({ to, protocol, ports: [first, last] }: Reach): boolean =>
      first === last && doors[to]?.includes(`${protocol} ${first}`) === true;
    expect(broken(way => way.from === "internet" && !isDoor(way))).toEqual([]);
  });

  it("[FA-SG-10] [FA-SG-12] [BF-SG-06] [BF-SG-07] let no database, cache, store or endpoint out to the internet", () => {
    expect(broken(({ from, to }) => isData(from) && to === "internet")).toEqual([]);
  });

  it("let none of them out at all, but for what the tables call more than asked", () => {
    const excused = (way: Reach, cell: Cell): boolean =>
      without(
        [way],
        rowsOf(cell)
          .filter(({ beyond }) => beyond !== undefined)
          .flatMap(row => permissionsOf(row, cell)),
      ).length === 0;
    expect(broken((way, cell) => isData(way.from) && !excused(way, cell))).toEqual([]);
  });

  it("open ports of administration to its peers alone", () => {
    const admin = union(portSet("tcp", [22, 22]), portSet("tcp", [3389, 3389]));
    // The bastion goes everywhere; to it come the office, the VPN's clients and the sessions of Azure and of Google.
    const comers = ["vpn", "172.16.252.0/22", "192.168.1.0/24", "10.0.0.192/26", "35.235.240.0/20"];
    const isPeer = (from: string, to: string): boolean => from === "bastion" || (to === "bastion" && comers.includes(from));
    const opened = ({ from, to, protocol, ports }: Reach): boolean =>
      from !== to && !isPeer(from, to) && !isEmpty(intersection(portSet(protocol, ports), admin));
    expect(broken(opened)).toEqual([]);
  });

  const matrices = systems.flatMap(system => environments.map(environment => [system, environment] as const));
  it.each(matrices)("give %s %s the same matrix on all three clouds", (system, environment) => {
    const [aws, azure, gcp] = clouds.map(cloud => {
      const cell: Cell = { system, environment, cloud };
      const [own, common] = [true, false].map(some =>
        rowsOf(cell)
          .filter(row => row.clouds.length < clouds.length === some)
          .flatMap(row => permissionsOf(row, cell)),
      );
      const shared = without(reachabilityOf(planned(cell)).reaches, without(own ?? [], common ?? []));
      // Databases and caches answer on the ports of their cloud.
      return [...new Set(shared.map(way => (/^(db|cache)$/.test(way.to) ? `${way.from} to ${way.to}` : wayText(way))))];
    });
    expect(aws?.length).toBeGreaterThan(10);
    expect(azure).toEqual(aws);
    expect(gcp).toEqual(aws);
  });
});
