/** Drawn cases are the same on every machine, so that a change fails for what it changed. Others are drawn by `STRATA_SEED=7`. */
import fc from "fast-check";

export const seed = Number(process.env.STRATA_SEED ?? 1126);

fc.configureGlobal({ seed });
