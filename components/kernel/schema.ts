/** Pieces that the concepts' schemas share, so that the same word has the same type everywhere. */
import { z } from "zod";
import { weekdays } from "./week.ts";

/** A member's name: part of a resource's identity, so renaming one makes another resource. */
export const memberName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case letters, digits and single dashes, starting with a letter")
  .max(24);

export const days = z.int().min(1).max(36_500);
export const percent = z.int().min(1).max(100);
export const port = z.int().min(1).max(65_535);
export const gib = z.int().min(1).max(65_536);
export const seconds = z.int().min(1).max(86_400);
export const zoneLetter = z.enum(["a", "b", "c", "d", "e", "f"]);
export const cidr = z.cidrv4();
export const place = z.enum(["primary", "secondary"]);

/** `HH:MM-HH:MM`, UTC. */
export const window = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'a window of UTC hours such as "02:00-03:00"');

export const weekday = z.enum(weekdays);

/** A map whose keys are identity: adding a member never renames another. */
export const mapOf = <T extends z.ZodType>(member: T) => z.record(memberName, member);

/**
 * Parts of a member that have resources of their own, named after both: `<database>-<replica>-dr-monitoring-<7 hex digits>`
 * has to fit into the 64 characters of an AWS role, and Pulumi shortens nothing. A member of 24 leaves 17.
 */
export const partsOf = <T extends z.ZodType>(part: T) => z.record(memberName.max(16), part);

/** A value, or the word `off`, asked first: names would take it for one of theirs. Null cannot say it: in a layer, null un-says what an earlier one said. */
export const orOff = <T extends z.ZodType>(on: T) => z.union([z.literal("off").transform(() => null), on]);

/** A literal class of one cloud, or an ask that the cloud's table answers. `null` un-says what an earlier layer said. */
export const sizeAsk = z.strictObject({
  vcpu: z.int().min(1).max(448).optional().meta({ description: "At least this many vCPU." }),
  memoryGiB: z.number().min(0.5).max(24_576).optional().meta({ description: "At least this much memory, GiB (1024)." }),
  minGhz: z.number().min(1).max(6).optional().meta({ description: "Base clock at least, GHz; classes of unknown clock are passed over." }),
  arch: z.enum(["x86_64", "arm64"]).default("x86_64").meta({ description: "Processor architecture; the image follows it." }),
  class: z.string().optional().meta({ description: "A literal class of one cloud; it wins, and is checked against the ask." }),
});
export type SizeAsk = z.output<typeof sizeAsk>;
