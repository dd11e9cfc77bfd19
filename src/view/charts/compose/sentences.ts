/** The sentences that alt texts are made of. */
import { stampRange } from '../text/dates.ts';
import { cleanLabel, cleanName, cutMiddle } from '../text/names.ts';

const MAX_TITLE = 300;
const MAX_NAME = 48;

/** The finding, then what is known of the rest, as one text. */
export function altText(title: string, sentences: readonly (string | undefined)[]): string {
  const finding = cutMiddle(cleanName(title), MAX_TITLE).replace(/[.\s]+$/, '');
  return `${[finding, ...sentences].filter((words) => words !== undefined && words !== '').join('. ')}.`;
}

/** A name from a bill, a tag or a person, safe and short. */
export function nameWords(name: string): string {
  return cutMiddle(cleanLabel(name), MAX_NAME);
}

/** "a, b, c and 4 more": the first `max` of a list, and how many were left out. */
export function listWords<T>(items: readonly T[], words: (item: T) => string, max = 5): string {
  const rest = items.length - max;
  const said = items.slice(0, max).map(words).join(', ');
  return rest > 0 ? `${said} and ${rest.toLocaleString('en-US')} more` : said;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "19–20 Nov are still arriving"; nothing when there are no such days. */
export function arrivingDays(stamps: readonly string[], from: number, to: number): string | undefined {
  const [first, last] = [stamps[from], stamps[to]];
  if (first === undefined || last === undefined || from > to) return undefined;
  return `${stampRange(first, last)} ${from === to ? 'is' : 'are'} still arriving`;
}
