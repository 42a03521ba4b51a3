/** Sets of ports and address ranges: the arithmetic that every reading of rules stands on. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Protocol } from "../reach/model.ts";
import {
  covers,
  difference,
  every,
  intersection,
  isEmpty,
  linesOf,
  none,
  type PortSet,
  portSet,
  protocolOf,
  union,
} from "../reach/ports.ts";
import { contains, isEverywhere, isPrivate, overlaps, type Range, rangeOf } from "../reach/ranges.ts";

const protocols = ["tcp", "udp", "icmp", "esp", "vrrp", "other"] as const satisfies readonly Protocol[];
const interval = fc
  .tuple(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 65_535 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const piece = fc.tuple(fc.constantFrom(...protocols), interval);
const set = fc.array(piece, { maxLength: 8 }).map(pieces => union(...pieces.map(([protocol, ports]) => portSet(protocol, ports))));

const has = (whole: PortSet, protocol: Protocol, port: number): boolean =>
  linesOf(whole).some(line => (line.protocol === "all" || line.protocol === protocol) && line.ports[0] <= port && port <= line.ports[1]);

const probe = fc.tuple(fc.constantFrom(...protocols), fc.integer({ min: 0, max: 65_535 }));

describe("sets of ports", () => {
  it("has in a union what either has, in an intersection what both have, in a difference what only the first has", () => {
    fc.assert(
      fc.property(set, set, probe, (a, b, [protocol, port]) => {
        const [inA, inB] = [has(a, protocol, port), has(b, protocol, port)];
        expect(has(union(a, b), protocol, port)).toBe(inA || inB);
        expect(has(intersection(a, b), protocol, port)).toBe(inA && inB);
        expect(has(difference(a, b), protocol, port)).toBe(inA && !inB);
      }),
    );
  });

  it("keeps intervals in order and apart, so that equal sets are equal data", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        for (const made of [union(a, b), intersection(a, b), difference(a, b)]) {
          for (const intervals of made.values()) {
            expect(intervals.length).toBeGreaterThan(0);
            intervals.forEach(([first, last], index) => {
              expect(first).toBeLessThanOrEqual(last);
              const next = intervals[index + 1];
              if (next) expect(next[0]).toBeGreaterThan(last + 1);
            });
          }
        }
        expect(linesOf(union(a, b))).toEqual(linesOf(union(b, a)));
      }),
    );
  });

  it("takes apart and puts together without loss", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(linesOf(union(difference(a, b), intersection(a, b)))).toEqual(linesOf(a));
        expect(covers(union(a, b), a)).toBe(true);
        expect(isEmpty(intersection(difference(a, b), b))).toBe(true);
        expect(linesOf(intersection(a, every))).toEqual(linesOf(a));
        expect(linesOf(union(a, none))).toEqual(linesOf(a));
      }),
    );
  });

  it.each<[string, PortSet, readonly string[]]>([
    ["neighbours become one interval", union(portSet("tcp", [80, 80]), portSet("tcp", [81, 90])), ["tcp 80-90"]],
    ["a gap of one port stays", union(portSet("tcp", [80, 80]), portSet("tcp", [82, 90])), ["tcp 80-80", "tcp 82-90"]],
    ["a hole is cut", difference(portSet("tcp", [1, 100]), portSet("tcp", [22, 22])), ["tcp 1-21", "tcp 23-100"]],
    ["ports mean nothing to vrrp", portSet("vrrp", [1, 2]), ["vrrp 0-65535"]],
    ["all is any protocol", intersection(portSet("all"), portSet("udp", [53, 53])), ["udp 53-53"]],
    ["all is said once", portSet("all"), ["all 0-65535"]],
    ["all of tcp is not all", portSet("tcp"), ["tcp 0-65535"]],
    ["a range upside down is empty", portSet("tcp", [2, 1]), []],
  ])("%s", (_, made, lines) => {
    expect(linesOf(made).map(({ protocol, ports }) => `${protocol} ${ports.join("-")}`)).toEqual(lines);
  });

  it.each<[string | number, Protocol]>([
    ["-1", "all"],
    ["*", "all"],
    ["all", "all"],
    ["Tcp", "tcp"],
    ["6", "tcp"],
    [17, "udp"],
    ["icmpv6", "icmp"],
    ["50", "esp"],
    ["112", "vrrp"],
    ["47", "other"],
  ])("reads protocol %s as %s", (written, protocol) => {
    expect(protocolOf(written)).toBe(protocol);
  });
});

const range = (text: string): Range => {
  const made = rangeOf(text);
  if (!made) throw new Error(`${text} is no range`);
  return made;
};

describe("address ranges", () => {
  it.each<[outer: string, inner: string, contained: boolean, overlapping: boolean]>([
    ["10.0.0.0/8", "10.0.20.0/24", true, true],
    ["10.0.20.0/24", "10.0.0.0/8", false, true],
    ["10.0.20.0/24", "10.0.21.0/24", false, false],
    ["10.0.20.0/24", "10.0.20.7", true, true],
    ["10.0.20.7/24", "10.0.20.200", true, true],
    ["0.0.0.0/0", "203.0.113.0/24", true, true],
    ["0.0.0.0/0", "2001:db8::/32", false, false],
    ["::/0", "2001:db8::/32", true, true],
    ["2001:db8::/32", "2001:db8:1::/48", true, true],
  ])("%s holds %s: %s, meets it: %s", (outer, inner, contained, overlapping) => {
    expect(contains(range(outer), range(inner))).toBe(contained);
    expect(overlaps(range(outer), range(inner))).toBe(overlapping);
    expect(overlaps(range(inner), range(outer))).toBe(overlapping);
  });

  it("reads no range where there is none", () => {
    expect(["VirtualNetwork", "", "10.0.0.0/33", "10.0.0"].map(rangeOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("knows what is everywhere, and what no internet leads to", () => {
    expect(["0.0.0.0/0", "::/0", "0.0.0.0/1", "10.0.0.0/8"].map(text => isEverywhere(range(text)))).toEqual([true, true, false, false]);
    expect(
      ["192.168.1.0/24", "172.16.0.0/12", "fd00::/8", "172.0.0.0/8", "8.8.8.8", "0.0.0.0/0"].map(text => isPrivate(range(text))),
    ).toEqual([true, true, true, false, false, false]);
  });
});
