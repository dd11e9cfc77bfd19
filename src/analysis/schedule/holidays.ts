/** Public holidays of a country or one of its regions, from the library `date-holidays`, which is loaded on first use. */
import { addDays, type Day, daysBetween, msToDay } from '../../core/day.ts';

export interface Holidays {
  /** False for a country or region that the library does not know: nothing is a holiday then. */
  readonly known: boolean;
  /** Its name on that day; undefined on every other. */
  nameOf(day: Day): string | undefined;
}

/**
 * "DE" or "DE-BE". Days off by law only: no observances, no school holidays. `years` are those that will be asked about.
 *
 * Example: of DE-BE in 2026, 8 March is one (International Women's Day), which it is not in DE-BY.
 */
export function publicHolidays(country: string, years: readonly number[]): Promise<Holidays> {
  const key = `${country} ${years.join()}`;
  const known = worked.get(key) ?? workOut(country, years);
  worked.set(key, known);
  return known;
}

/** They never change, and are asked for every minute. */
const worked = new Map<string, Promise<Holidays>>();

async function workOut(country: string, years: readonly number[]): Promise<Holidays> {
  const { default: Library } = await import('date-holidays');
  const [code = '', region] = country.split('-');
  const all = new Library();
  const known =
    Object.hasOwn(all.getCountries(), code) &&
    (region === undefined || Object.hasOwn(all.getStates(code) ?? {}, region));
  const names = new Map<Day, string>();
  if (!known) return { known, nameOf: () => undefined };
  const calendar = region === undefined ? new Library(code) : new Library(code, region);
  for (const { date, start, end, name, type } of years.flatMap((year) => calendar.getHolidays(year, 'en'))) {
    if (type !== 'public') continue;
    const first = date.slice(0, 10);
    const length = Math.max(1, daysBetween(msToDay(start.getTime()), msToDay(end.getTime())));
    for (let index = 0; index < length; index += 1) names.set(addDays(first, index), name);
  }
  return { known, nameOf: (day) => names.get(day) };
}
