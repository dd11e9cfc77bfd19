/** The words of `subscribe` and `unsubscribe`: a thing, how often, and where. */
import { AppError } from '../../core/errors.ts';
import { tokenise } from '../tokens.ts';

export interface SubscriptionWords {
  /** What the report is about as typed; empty when nothing is named. */
  readonly thing: string;
  readonly frequency?: 'weekly' | 'daily';
  readonly where?: 'here' | 'me';
  readonly list: boolean;
}

const OFTEN: Readonly<Record<string, 'weekly' | 'daily'>> = {
  weekly: 'weekly',
  week: 'weekly',
  daily: 'daily',
  day: 'daily',
};
const NEVER = /^(?:hourly|fortnightly|biweekly|monthly|quarterly|yearly)$/;
const WHERE: Readonly<Record<string, 'here' | 'me'>> = {
  here: 'here',
  channel: 'here',
  me: 'me',
  dm: 'me',
  myself: 'me',
};
const FILLERS = ['to', 'the', 'every', 'each', 'report', 'reports', 'of', 'for', 'this', 'my', 'from'];

/** Throws INVALID when a word is said twice. */
export function parseSubscription(args: string): SubscriptionWords {
  const thing: string[] = [];
  const frequencies: ('weekly' | 'daily')[] = [];
  const places: ('here' | 'me')[] = [];
  let list = false;
  for (const { text, quoted } of tokenise(args)) {
    const word = quoted ? '' : text.toLowerCase();
    const frequency = OFTEN[word];
    const where = WHERE[word];
    if (frequency) frequencies.push(frequency);
    else if (where) places.push(where);
    else if (word === 'list' || word === 'show') list = true;
    else if (NEVER.test(word))
      throw new AppError('INVALID', `There are no ${word} reports.`, {
        hint: 'Reports are weekly or daily. A thing that is called so goes in quotes.',
      });
    else if (quoted || !FILLERS.includes(word)) thing.push(text);
  }
  for (const said of [frequencies, places])
    if (new Set(said).size > 1)
      throw new AppError('INVALID', `The command says both ${[...new Set(said)].join(' and ')}.`, {
        hint: 'Say one of them; a second subscription is a second command.',
      });
  const [frequency] = frequencies;
  const [where] = places;
  // "my team" is what nothing named means.
  const named = thing.join(' ').toLowerCase() === 'team' ? '' : thing.join(' ');
  return { thing: named, list, ...(frequency && { frequency }), ...(where && { where }) };
}
