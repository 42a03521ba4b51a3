export { records } from "./records.ts";
export { zones } from "./zones.ts";
