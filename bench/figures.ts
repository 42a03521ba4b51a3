/** Preloaded into every measured process: tells the bench how much memory it took at most. */
import { writeSync } from "node:fs";

process.on("exit", () => {
  writeSync(3, JSON.stringify({ peakMiB: process.resourceUsage().maxRSS / 1024 }));
});
