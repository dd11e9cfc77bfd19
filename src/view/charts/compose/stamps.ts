/** Where a moment is among the days or hours of a chart. Stamps are UTC: 'YYYY-MM-DD' or 'YYYY-MM-DDTHH'. */

export function isHourly(stamps: readonly string[]): boolean {
  return (stamps[0]?.length ?? 0) > 10;
}

/** "1 day", "60 days", "48 hours". */
export function countSteps(count: number, stamps: readonly string[]): string {
  return `${count.toLocaleString('en-US')} ${isHourly(stamps) ? 'hour' : 'day'}${count === 1 ? '' : 's'}`;
}

/** The unit of an amount per step, as the subtitle says it: "USD per day". */
export function perStep(currency: string, stamps: readonly string[]): string {
  return `${currency} ${isHourly(stamps) ? 'per hour, UTC' : 'per day'}`.trim();
}

/** The first position at or after a moment; the number of stamps when there is none. */
export function firstFrom(stamps: readonly string[], moment: string | undefined): number {
  if (moment === undefined) return stamps.length;
  const cut = moment.slice(0, stamps[0]?.length ?? 0);
  const index = stamps.findIndex((stamp) => stamp >= cut);
  return index === -1 ? stamps.length : index;
}

/** The last position that is not after a moment; −1 when there is none. A day lasts until its last hour. */
export function lastUntil(stamps: readonly string[], moment: string): number {
  return stamps.findLastIndex((stamp) => stamp.slice(0, moment.length) <= moment);
}

/** The day or hour that a moment is in; a day among hours is its first hour. Undefined outside of the chart. */
export function positionOf(stamps: readonly string[], moment: string): number | undefined {
  const cut = moment.slice(0, stamps[0]?.length ?? 0);
  const index = cut === '' ? -1 : stamps.findIndex((stamp) => stamp.startsWith(cut));
  return index === -1 ? undefined : index;
}

/**
 * `provisionalFrom` of a chart that also looks ahead: undefined unless something is still arriving, either known
 * in part or not yet to be forecast. `next` is the first position that is forecast.
 */
export function arrivingFrom(complete: number, next: number, actual: readonly unknown[]): number | undefined {
  const known = actual.findLastIndex((value) => value !== null);
  return complete < Math.max(next, known + 1) ? complete : undefined;
}
