/** The options of a planned resource that asked for none. */
import type { PlannedOptions } from "../../cli/planner/model.ts";

export const plainOptions: PlannedOptions = {
  protect: false,
  retainOnDelete: false,
  deletedWith: null,
  ignoreChanges: [],
  replaceOnChanges: [],
  aliases: [],
  customTimeouts: {},
};
