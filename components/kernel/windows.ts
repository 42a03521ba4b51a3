/** Windows of UTC hours, `HH:MM-HH:MM`; one that ends before it starts goes over midnight. */

const day = 24 * 60;

function span(window: string): { readonly from: number; readonly to: number } {
  const [from = 0, to = 0] = window.split("-").map(time => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    return hours * 60 + minutes;
  });
  return { from, to: to > from ? to : to + day };
}

/** Whether two windows share a minute of some day. */
export function windowsMeet(one: string, other: string): boolean {
  const [first, second] = [span(one), span(other)];
  return [-day, 0, day].some(shift => first.from < second.to + shift && second.from + shift < first.to);
}
