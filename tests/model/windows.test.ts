/** Windows of hours: whether two of them share a minute. */
import { expect, it } from "vitest";
import { windowsMeet } from "../../components/kernel/windows.ts";

it.each([
  ["02:00-03:00", "04:00-05:00", false],
  ["03:00-04:00", "04:00-05:00", false], // one ends as the other begins
  ["03:30-04:30", "04:00-05:00", true],
  ["04:15-04:45", "04:00-05:00", true],
  ["23:30-00:30", "00:00-01:00", true], // over midnight
  ["23:30-00:30", "23:00-23:45", true],
  ["23:00-00:00", "00:00-01:00", false],
] as const)("%s and %s meet: %s", (one, other, meet) => {
  expect(windowsMeet(one, other)).toBe(meet);
  expect(windowsMeet(other, one)).toBe(meet);
});
