/** A deploy that breaks off must end as one that does not. */
import { expect } from "vitest";
import type { Fault } from "../../../rehearsal/faults.ts";
import type { Stage } from "../../../rehearsal/stage.ts";
import { type Fixture, onStage } from "./stages.ts";

const createsOf = ({ cloud }: Stage): number => cloud.calls.filter(({ method }) => method === "create").length;

/** Who owns what exists in the cloud. */
export const made = ({ cloud }: Stage): readonly string[] =>
  cloud.objects
    .all()
    .map(({ urn }) => urn)
    .toSorted();

const expected = new Map<string, readonly string[]>();

/** What a full deploy without faults makes. */
export async function reference(fixture: Fixture): Promise<readonly string[]> {
  const key = JSON.stringify(fixture);
  const known = expected.get(key);
  if (known !== undefined) return known;
  const urns = await onStage(fixture, async stage => {
    expect((await stage.up()).problem).toBeNull();
    expect(createsOf(stage)).toBe(made(stage).length);
    return made(stage);
  });
  expected.set(key, urns);
  return urns;
}

export async function converges(stage: Stage, fixture: Fixture): Promise<void> {
  expect((await stage.up()).problem).toBeNull();
  expect(made(stage)).toEqual(await reference(fixture));
}

export async function breaksAndConverges(stage: Stage, fixture: Fixture, fault: Fault): Promise<void> {
  const mend = stage.cloud.inject(fault);
  const broken = await stage.up();
  mend();
  expect(broken.problem).toContain("made to fail");
  await converges(stage, fixture);
}
