/** Ranges as numbers, and the address plan of a network against a brute-force check over its addresses. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  address,
  addressText,
  block,
  contains,
  isPrivate,
  lastAddress,
  moved,
  overlaps,
  parseRange,
  type Range,
  rangeText,
  usableAddresses,
} from "../../components/kernel/cidr.ts";
import { clouds } from "../../components/kernel/cloud.ts";
import type { Known } from "../../components/kernel/known.ts";
import type { PlaceKey } from "../../components/kernel/places.ts";
import { NetworkArgs, type Tier, tiers } from "../../components/network/model.ts";
import { plannedRange, slotPrefix, type ZoneLetter, zoneLetters } from "../../components/network/plan.ts";
import { judgeCapacity, resolveNetwork } from "../../components/network/resolve.ts";
import { anew, knownOf } from "../support/trial.ts";

const runs = { numRuns: 1000 };
const size = ({ prefix }: Range): number => 2 ** (32 - prefix);

/** Any network that the model takes, by prefix. */
const networkOf = (min: number, max: number): fc.Arbitrary<Range> =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min: 0, max: 2 ** 24 - 1 }))
    .map(([prefix, within]) => ({ first: address("10.0.0.0") + within - (within % 2 ** (32 - prefix)), prefix }));
const someTiers = fc.subarray([...tiers], { minLength: 1 });
const someZones = fc.integer({ min: 1, max: 6 });

describe("a range", () => {
  it.each([
    ["0.0.0.0", 0],
    ["0.0.1.0", 256],
    ["10.0.0.0", 167_772_160],
    ["255.255.255.255", 4_294_967_295],
  ])("%s is %i and back", (text, value) => {
    expect(address(text)).toBe(value);
    expect(addressText(value)).toBe(text);
  });

  it.each([
    ["10.0.0.0/16", "10.0.0.0/16", true, "10.0.255.255"],
    ["10.0.0.1/16", "10.0.0.0/16", false, "10.0.255.255"],
    ["10.0.0.192/26", "10.0.0.192/26", true, "10.0.0.255"],
    ["10.0.0.200/26", "10.0.0.192/26", false, "10.0.0.255"],
    ["0.0.0.0/0", "0.0.0.0/0", true, "255.255.255.255"],
    ["10.1.2.3/32", "10.1.2.3/32", true, "10.1.2.3"],
  ])("%s lies in %s (aligned: %s) and ends with %s", (text, whole, aligned, last) => {
    const range = parseRange(text);
    expect([rangeText(range), range.aligned, addressText(lastAddress(range))]).toEqual([whole, aligned, last]);
  });

  it.each([
    // one, other, contains, overlaps
    ["10.0.0.0/16", "10.0.1.0/24", true, true],
    ["10.0.1.0/24", "10.0.0.0/16", false, true],
    ["10.0.0.0/16", "10.0.0.0/16", true, true],
    ["10.0.0.0/24", "10.0.1.0/24", false, false],
    ["10.0.0.0/23", "10.0.1.0/24", true, true],
    ["0.0.0.0/0", "192.168.1.0/24", true, true],
  ])("%s and %s: contains %s, overlaps %s", (one, other, inside, meets) => {
    expect([contains(parseRange(one), parseRange(other)), overlaps(parseRange(one), parseRange(other))]).toEqual([inside, meets]);
  });

  it.each([
    ["10.0.0.0/8", true],
    ["172.16.0.0/12", true],
    ["172.32.0.0/16", false],
    ["192.168.200.0/24", true],
    ["100.64.0.0/16", true],
    ["100.128.0.0/16", false],
    ["8.8.8.0/24", false],
    ["10.0.0.0/7", false],
  ])("%s is private: %s", (text, is) => {
    expect(isPrivate(parseRange(text))).toBe(is);
  });

  it("counts what hosts may have, and never less than none", () => {
    expect([24, 28, 30, 32].map(prefix => usableAddresses({ first: 0, prefix }, 5))).toEqual([251, 11, 0, 0]);
  });

  it("keeps its place when moved, and is one of equal blocks", () => {
    expect(rangeText(moved(parseRange("10.0.11.0/24"), parseRange("10.0.0.0/16"), parseRange("10.1.0.0/16")))).toBe("10.1.11.0/24");
    expect(rangeText(block(parseRange("10.0.0.0/16"), 26, 2))).toBe("10.0.0.128/26");
  });
});

describe("[CT-AWS-NET-02] the address plan", () => {
  it.each<[Tier, ZoneLetter, string]>([
    ["public", "a", "10.0.1.0/24"],
    ["public", "c", "10.0.3.0/24"],
    ["app", "a", "10.0.11.0/24"],
    ["app", "c", "10.0.13.0/24"],
    ["data", "b", "10.0.22.0/24"],
    ["data", "f", "10.0.26.0/24"],
    ["management", "a", "10.0.0.0/26"],
    ["management", "b", "10.0.0.64/26"],
    ["management", "c", "10.0.0.128/26"],
    ["management", "e", "10.0.30.0/26"],
  ])("puts %s in zone %s at %s", (tier, zone, text) => {
    const whole = parseRange("10.0.0.0/16");
    expect(rangeText(plannedRange(whole, tier, zone, slotPrefix(whole, tier)))).toBe(text);
  });

  it("keeps every slot inside, aligned and apart: every address of a small network is counted", () => {
    fc.assert(
      fc.property(networkOf(20, 22), fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }), (whole, narrower) => {
        const owners = new Uint8Array(size(whole));
        for (const [index, tier] of tiers.entries())
          for (const zone of zoneLetters) {
            const prefix = Math.min(32, slotPrefix(whole, tier) + (narrower[index] ?? 0));
            const range = plannedRange(whole, tier, zone, prefix);
            expect(range.first % size(range)).toBe(0);
            for (let one = range.first; one <= lastAddress(range); one += 1) {
              const offset = one - whole.first;
              expect(offset >= 0 && offset < owners.length && owners[offset] === 0).toBe(true);
              owners[offset] = 1;
            }
          }
      }),
      runs,
    );
  });

  it.each(clouds)("%s: subnets of any network lie inside it, aligned, apart from each other", cloud => {
    const known = knownOf(cloud);
    fc.assert(
      fc.property(networkOf(16, 20), someTiers, someZones, (whole, chosen, zones) => {
        const spec = resolved(argsOf(whole, chosen, zones), known).network;
        const ranges = Object.values(spec.subnets).map(({ cidr }) => parseRange(cidr));
        expect(ranges).toHaveLength(chosen.length * (known.facts.limits.network.subnets === "zonal" ? zones : 1));
        const ordered = ranges.toSorted((one, other) => one.first - other.first);
        for (const [index, range] of ordered.entries()) {
          expect(range.aligned).toBe(true);
          expect(range.first >= whole.first && lastAddress(range) <= lastAddress(whole)).toBe(true);
          const next = ordered[index + 1];
          if (next !== undefined) expect(lastAddress(range)).toBeLessThan(next.first);
        }
      }),
      runs,
    );
  });

  it.each(clouds)("%s: a further zone or tier renumbers no subnet, IPv4 nor IPv6", cloud => {
    const known = knownOf(cloud);
    fc.assert(
      fc.property(networkOf(16, 20), someTiers, someZones, fc.constantFrom(...tiers), (whole, chosen, zones, further) => {
        const subnets = (which: readonly Tier[], count: number) =>
          resolved({ ...argsOf(whole, which, count), ipv6: true }, known).network.subnets;
        const before = subnets(chosen, zones);
        expect(subnets(chosen, Math.min(6, zones + 1))).toMatchObject(before);
        expect(subnets([...new Set([...chosen, further])], zones)).toMatchObject(before);
      }),
      runs,
    );
  });

  it.each(clouds)("%s: the second region keeps every offset of the first", cloud => {
    const known = knownOf(cloud);
    fc.assert(
      fc.property(networkOf(16, 20), someTiers, someZones, (whole, chosen, zones) => {
        const args = { ...argsOf(whole, chosen, zones), secondaryRange: rangeText({ first: address("172.16.0.0"), prefix: whole.prefix }) };
        const [here, there] = [resolved(args, known).network, resolved(args, known, "secondary").network];
        const offsets = ({ subnets }: typeof here, from: string) =>
          Object.entries(subnets).map(([key, { cidr }]) => [key, address(cidr.split("/")[0] ?? "") - address(from)]);
        expect(offsets(there, "172.16.0.0")).toEqual(offsets(here, addressText(whole.first)));
      }),
      runs,
    );
  });

  it("takes exactly those explicit ranges whose addresses nobody shares and that lie inside", () => {
    const whole = parseRange("10.0.0.0/20");
    const ranges = fc.array(
      fc.tuple(fc.integer({ min: 22, max: 28 }), fc.integer({ min: 0, max: 6143 })).map(([prefix, within]) => {
        const first = whole.first + within;
        return { first: first - (first % 2 ** (32 - prefix)), prefix };
      }),
      { minLength: 3, maxLength: 3 },
    );
    const known = knownOf("aws");
    fc.assert(
      fc.property(ranges, given => {
        const cidrs = Object.fromEntries(given.map((range, index) => [zoneLetters[index], rangeText(range)]));
        const args = NetworkArgs.parse({ range: "10.0.0.0/20", zones: 3, nat: "none", tiers: { app: { cidrs } } });
        const { findings } = resolved(args, known);
        const refused = findings.issues.some(({ path }) => path.startsWith("network.tiers.app.cidrs"));
        const counted = new Uint8Array(6144 + 1024);
        let clash = false;
        for (const range of given)
          for (let offset = range.first - whole.first; offset < range.first - whole.first + size(range); offset += 1) {
            clash ||= offset >= size(whole) || counted[offset] === 1;
            counted[offset] = 1;
          }
        expect(refused).toBe(clash);
      }),
      runs,
    );
  });

  it("keeps clear of exactly those neighbours that share an address", () => {
    const known = knownOf("aws");
    fc.assert(
      fc.property(networkOf(16, 22), fc.integer({ min: 8, max: 24 }), fc.integer({ min: 0, max: 2 ** 24 - 1 }), (whole, prefix, within) => {
        const other = parseRange(`${addressText(address("10.0.0.0") + within)}/${prefix}`);
        const { findings } = resolved(NetworkArgs.parse({ range: rangeText(whole), peered: { office: rangeText(other) } }), known);
        const refused = findings.issues.some(({ path }) => path === "network.peered.office");
        const shares = Math.max(whole.first, other.first) <= Math.min(lastAddress(whole), lastAddress(other));
        expect(refused).toBe(shares);
      }),
      runs,
    );
  });
});

describe("room for hosts", () => {
  /** Addresses that each cloud keeps of every subnet, by its own documents. */
  it.each([
    ["aws", 3 * (256 - 5)],
    ["azure", 256 - 5],
    ["gcp", 256 - 4],
  ] as const)("%s: an app tier of /24 and three zones holds %i hosts, not one more", (cloud, room) => {
    const known: Known = knownOf(cloud);
    const network = resolveNetwork(NetworkArgs.parse({ tiers: { public: {}, app: {} } }), "primary", 30, known);
    judgeCapacity(network, { app: room }, known);
    expect(known.findings.issues).toEqual([]);
    judgeCapacity(network, { app: room + 1 }, known);
    expect(known.findings.issues.map(({ path }) => path)).toEqual(["network.tiers.app"]);
  });
});

/** One place's network and what was said of it, judged for itself. */
function resolved(args: NetworkArgs, known: Known, place: PlaceKey = "primary") {
  const fresh = anew(known);
  return { network: resolveNetwork(args, place, 30, fresh), findings: fresh.findings };
}

/** A network of these tiers as the planner alone lays it out; without NAT, which would need a public tier. */
function argsOf(whole: Range, chosen: readonly Tier[], zones: number): NetworkArgs {
  return NetworkArgs.parse({ range: rangeText(whole), zones, nat: "none", tiers: Object.fromEntries(chosen.map(tier => [tier, {}])) });
}
