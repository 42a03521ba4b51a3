/** Times of the week at which something begins, and how long each holds: until another begins. */

export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof weekdays)[number];

/** Begins at this minute of each of its days. */
export interface Start {
  readonly days: readonly Weekday[];
  readonly minute: number;
}

/** Days on which it holds for the same time. */
export interface Span {
  readonly days: readonly Weekday[];
  readonly seconds: number;
}

const day = 24 * 60;
const week = 7 * day;

/** Minutes since the week began, on one of the start's days. */
const momentOf = (weekday: Weekday, { minute }: Start): number => weekdays.indexOf(weekday) * day + minute;

/** `HH:MM` as a minute of the day. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The hour and the minute within it. */
export const clock = ({ minute }: Start): { readonly hour: number; readonly minute: number } => ({
  hour: Math.floor(minute / 60),
  minute: minute % 60,
});

/** As cron has it: every week, in whatever time zone stands beside it. */
export function cron(start: Start): string {
  const { hour, minute } = clock(start);
  const days = start.days.length === weekdays.length ? "*" : start.days.map(weekday => weekdays.indexOf(weekday)).join(",");
  return `${minute} ${hour} * * ${days}`;
}

/** How long each start holds until any of them comes next, over the end of the week; a lone one holds a whole week. */
export function spansOf(starts: Readonly<Record<string, Start>>): Readonly<Record<string, readonly Span[]>> {
  const moments = Object.values(starts).flatMap(start => start.days.map(weekday => momentOf(weekday, start)));
  const seconds = (moment: number): number => 60 * Math.min(...moments.map(next => (next > moment ? next : next + week) - moment));
  return Object.fromEntries(
    Object.entries(starts).map(([name, start]) => {
      const byLength = Map.groupBy(start.days, weekday => seconds(momentOf(weekday, start)));
      return [name, [...byLength].map(([length, days]) => ({ days, seconds: length }))];
    }),
  );
}

/** The starts that share a moment, two by two, with the first day on which they do. */
export function clashesOf(starts: Readonly<Record<string, Start>>): readonly (readonly [string, string, Weekday])[] {
  const names = Object.keys(starts);
  return Object.entries(starts).flatMap(([name, one]) =>
    Object.entries(starts).flatMap(([other, { days, minute }]) => {
      const shared = one.days.find(weekday => days.includes(weekday));
      const earlier = names.indexOf(other) < names.indexOf(name);
      return earlier && shared !== undefined && minute === one.minute ? [[name, other, shared] as const] : [];
    }),
  );
}
