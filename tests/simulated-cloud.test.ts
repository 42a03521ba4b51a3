/** The simulated clouds themselves: what they refuse, remember and make up. What each cloud's types are is in kinds.*.test.ts. */
import { describe, expect, it } from "vitest";
import { named } from "../rehearsal/autoname.ts";
import { type Call, type Fault, failing, interrupted, partly, slow, throttled } from "../rehearsal/faults.ts";
import type { CloudKinds } from "../rehearsal/kinds.ts";
import { objectsOf } from "../rehearsal/objects.ts";
import { outputsOf, previewOf } from "../rehearsal/outputs.ts";
import { PartlyMade } from "../rehearsal/partlyMade.ts";
import { pendingCreates, settled } from "../rehearsal/pending.ts";
import { asSecret, notYetKnown } from "../rehearsal/wire.ts";

/** A cloud of two types: networks, and servers in them. */
const small: CloudKinds = {
  kinds: {
    "test:index:Network": { nameInput: "name", id: ({ name }) => `net/${name}`, contains: true },
    "test:index:Server": {
      nameInput: null,
      id: ({ hex }) => `srv-${hex(8)}`,
      unique: ({ inputs }) => String(inputs.label),
      outputs: ({ id, generation }) => ({ address: `host.${id}`, revision: generation, identity: { principal: "p" }, token: "hidden" }),
      secrets: ["token"],
      keeps: ({ locked }) => (locked === true ? "it is locked" : null),
      remains: true,
    },
    "test:index:Zone": { nameInput: "name", id: ({ name }) => `zone/${name}`, remains: true },
  },
  parents: () => [],
  isReference: text => text.startsWith("net/") || text.startsWith("srv-"),
  lookups: {},
};

const landlord = { awsAccountId: "", subscriptionId: "", project: "", projectNumber: "", region: "" };
const urn = (type: string, name: string): string => `urn:pulumi:prod::strata::${type}::${name}`;
const network = (name: string) => ({ type: "test:index:Network", urn: urn("test:index:Network", name), inputs: { name } });
const server = (label: string, inputs: Readonly<Record<string, unknown>> = {}) => ({
  type: "test:index:Server",
  urn: urn("test:index:Server", label),
  inputs: { label, ...inputs },
});

describe("objects", () => {
  const fresh = () => objectsOf([small], landlord);

  it("of a type nobody described are refused, loudly", () => {
    expect(() => fresh().create({ type: "test:index:Moon", urn: urn("test:index:Moon", "m"), inputs: {} })).toThrow(
      "do not know test:index:Moon; describe it in rehearsal/kinds",
    );
  });

  it("have one name each, by id or by what must be unique besides", () => {
    const objects = fresh();
    objects.create(network("a"));
    expect(() => objects.create(network("a"))).toThrow("net/a (test:index:Network) already exists");
    objects.create(server("web"));
    expect(() => objects.create(server("web"))).toThrow("already exists");
    expect(objects.all()).toHaveLength(2);
  });

  it("name only what exists, and keep it from going", () => {
    const objects = fresh();
    expect(() => objects.create(server("web", { network: "net/a" }))).toThrow("web (test:index:Server) names what does not exist: net/a");
    objects.create(network("a"));
    const { id } = objects.create(server("web", { network: asSecret("net/a") }));
    expect(() => objects.update(id, server("web", { network: "net/b" }))).toThrow("net/b");
    const { id: bystander } = objects.create(network("b"));
    objects.remove("test:index:Network", bystander);
    expect(() => objects.remove("test:index:Network", "net/a")).toThrow(`${id} (test:index:Server) still uses it`);
    objects.remove("test:index:Server", id);
    objects.remove("test:index:Network", "net/a");
    expect(objects.all()).toEqual([]);
  });

  it("are kept by their cloud for its own reasons, and may leave their name taken", () => {
    const objects = fresh();
    const { id } = objects.create(server("web", { locked: true }));
    expect(() => objects.remove("test:index:Server", id)).toThrow("it is locked");
    objects.create({ type: "test:index:Zone", urn: urn("test:index:Zone", "z"), inputs: { name: "z" } });
    objects.remove("test:index:Zone", "zone/z");
    expect(() => objects.create({ type: "test:index:Zone", urn: urn("test:index:Zone", "z"), inputs: { name: "z" } })).toThrow(
      "not free again",
    );
  });

  it("keep their digits for life, get others when they are made anew, and have the same in every run", () => {
    const once = (): readonly string[] => {
      const objects = fresh();
      const { id } = objects.create(server("web"));
      expect(objects.update(id, server("web", { more: 1 })).id).toBe(id);
      objects.remove("test:index:Server", id);
      return [id, objects.create(server("web")).id];
    };
    const [first, second] = once();
    expect(second).not.toBe(first);
    expect(once()).toEqual([first, second]);
  });

  it("that were taken over from a state are found, updated and removed under their old id", () => {
    const objects = fresh();
    objects.adopt({ ...server("old"), id: "srv-12345678", outputs: { label: "old", address: "there" } });
    expect(objects.update("srv-12345678", server("old", { more: 1 })).filled.address).toBe("there");
    objects.remove("test:index:Server", "srv-12345678");
    expect(objects.all()).toEqual([]);
  });

  it("answer their inputs with what the cloud fills in, secrets marked; a preview does not know it yet", () => {
    const kind = small.kinds["test:index:Server"];
    if (kind === undefined) throw new Error("no such kind");
    const object = fresh().create(server("web", { identity: { kind: "own" }, __defaults: ["name"] }));
    const answer = outputsOf(object, kind);
    expect(answer).toMatchObject({ label: "web", address: `host.${object.id}`, identity: { kind: "own", principal: "p" } });
    expect(answer.token).toEqual(asSecret("hidden"));
    expect(Object.keys(answer)).not.toContain("__defaults");
    expect(previewOf(object, kind)).toMatchObject({
      label: "web",
      address: notYetKnown,
      identity: { kind: "own", principal: notYetKnown },
    });
  });
});

describe("a name that the program leaves out", () => {
  const nameless = {
    type: "aws:s3/bucket:Bucket",
    urn: urn("aws:s3/bucket:Bucket", "logs"),
    logical: "logs",
    nameInput: "bucket",
    before: 0,
  };

  it.each([
    ["aws:s3/bucket:Bucket", /^logs-[0-9a-f]{7}$/, "__defaults"],
    ["azure-native:network:Subnet", /^logs[0-9a-f]{8}$/, "__createBeforeDelete"],
  ])("of %s is made up as its provider does, and marked", (type, pattern, mark) => {
    const made = named({ ...nameless, type }, {}, {});
    expect(made.bucket).toMatch(pattern);
    expect(Object.keys(made)).toContain(mark);
  });

  it("stays when there was one, and differs when it is made up again", () => {
    expect(named(nameless, {}, { bucket: "logs-old" }).bucket).toBe("logs-old");
    expect(named({ ...nameless, before: 1 }, {}, {}).bucket).not.toBe(named(nameless, {}, {}).bucket);
    expect(named(nameless, { bucket: "said" }, { bucket: "logs-old" })).toEqual({ bucket: "said" });
  });
});

describe("faults", () => {
  const call = (method: Call["method"], type = "t", nth = 1): Call => ({ method, type, urn: urn(type, "x"), nth });
  const happens = async (fault: Fault, when: "before" | "after", made: Call): Promise<string> => {
    try {
      await fault[when]?.(made);
      return "well";
    } catch (error) {
      return error instanceof Error ? error.constructor.name : "?";
    }
  };

  it("hit the call that is aimed at, once", async () => {
    const fault = failing({ method: "create", nth: 2, type: "t" });
    const calls = [call("create"), call("update"), call("create", "other"), call("create"), call("create")];
    const seen: string[] = [];
    for (const each of calls) seen.push(await happens(fault, "before", each));
    expect(seen).toEqual(["well", "well", "well", "Error", "well"]);
  });

  it("fail after the deed when it is half done, with or without a word on what was made", async () => {
    expect(await happens(partly({ method: "create", nth: 1 }, { recorded: true }), "after", call("create"))).toBe(PartlyMade.name);
    expect(await happens(partly({ method: "create", nth: 1 }, { recorded: false }), "after", call("create"))).toBe("Error");
  });

  it("stop the call for good when the engine is interrupted", async () => {
    let acts = 0;
    const fault = interrupted({ method: "delete", nth: 1 }, "after", () => {
      acts += 1;
    });
    const ended = await Promise.race([happens(fault, "after", call("delete")), new Promise(resolve => setTimeout(resolve, 20, "waits"))]);
    expect([ended, acts]).toEqual(["waits", 1]);
  });

  it("throttle so many calls in all, and slow every one", async () => {
    const fault = throttled(3, 0);
    await Promise.all([1, 2].map(() => fault.before?.(call("create"))));
    expect(fault.retries()).toBe(3);
    const begin = performance.now();
    await slow(7, 30).before?.(call("create"));
    expect(performance.now() - begin).toBeGreaterThan(0);
  });
});

describe("pending creates", () => {
  const resource = (name: string, custom = true) => ({ urn: urn("t", name), type: "t", custom });
  const state = {
    version: 3,
    deployment: {
      resources: [resource("stack", false)],
      pending_operations: [
        { type: "creating", resource: resource("made") },
        { type: "creating", resource: resource("never") },
        { type: "creating", resource: resource("component", false) },
        { type: "deleting", resource: resource("going") },
      ],
    },
  };

  it("are the resources that were being made", () => {
    expect(pendingCreates(state).map(({ urn }) => urn)).toEqual([urn("t", "made"), urn("t", "never")]);
  });

  it("are written down under the id that was found, or dropped; deletes stay for the refresh", () => {
    const { deployment } = settled(state, new Map([[urn("t", "made"), "id-1"]]));
    expect(deployment.resources).toEqual([resource("stack", false), { ...resource("made"), id: "id-1" }]);
    expect(deployment.pending_operations?.map(({ type }) => type)).toEqual(["deleting"]);
  });
});
