/** Finds every part of a sentence that can mean something. */
import { type Calendar, parseSpokenTime } from '../../core/spoken-time.ts';
import { readColumns, readCurrency } from './columns.ts';
import type { Meaning, Named, Part } from './meaning.ts';
import { findNames, type NameIndex } from './names.ts';
import { LONGEST_PHRASE, readPhrase } from './vocabulary.ts';
import { type Word, withoutPossessive } from './words.ts';

/** Longest time, in words: "between the 1st of november 2026 and the 15th of november 2026". */
const LONGEST_TIME = 11;

/** What a sentence is read with. */
export interface Knowledge {
  readonly names: NameIndex;
  /** Names and other spellings as written, for names that are only close. */
  readonly spellings: ReadonlyMap<string, Named>;
  readonly calendar: Calendar;
  /** Currencies that the organisation uses. */
  readonly currencies: readonly string[];
  /** Teams of the person who asks: "my team". */
  readonly ownTeams: readonly string[];
}

export function findParts(words: readonly Word[], knowledge: Knowledge): Part[] {
  const parts = findNames(words, knowledge.names);
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_TIME); to++) {
      const run = words.slice(from, to);
      if (run.some(({ quoted, sentence }) => quoted || sentence !== run[0]?.sentence)) break;
      for (const meaning of readRun(run, knowledge)) parts.push({ from, to, meaning });
    }
  return parts;
}

function readRun(run: readonly Word[], { calendar, currencies, ownTeams }: Knowledge): Meaning[] {
  const phrase = run.map(({ word }) => word).join(' ');
  const bare = withoutPossessive(phrase);
  const times = parseSpokenTime(bare, calendar).map((period): Meaning => ({ is: 'time', period }));
  if (run.length > LONGEST_PHRASE) return times;
  const written = run.map(({ text }) => text).join(' ');
  return [
    ...times,
    ...readPhrase(phrase),
    ...readColumns(phrase),
    ...readCurrency(phrase, written, currencies),
    ...(/^(?:my|our)(?: own)? team$/.test(bare) ? ownTeam(ownTeams) : []),
  ];
}

function ownTeam(teams: readonly string[]): Meaning[] {
  if (teams.length === 0) return [{ is: 'no-team' }];
  return teams.map((name) => ({ is: 'named', thing: { kind: 'team', name } }));
}
