/** What every component of a stack is handed besides its own spec. */
import type { Scope } from "./contract.ts";

export type Shared = Omit<Scope, "name" | "parent">;
