/** Finds the names in a sentence: any case and punctuation, possessive or plural, with "model" or "team" beside them. */
import { KINDS, type Kind } from '../../flows/find-name.ts';
import type { KnownName } from '../../flows/known-names.ts';
import type { Meaning, Named, Part } from './meaning.ts';
import { foldName, type Word, withoutPossessive } from './words.ts';

/** Longest name in words that is looked for. */
const LONGEST_NAME = 10;
const STAGED = /^(.+)\/(training|inference|data|other)$/;

/** A name, or the organisation as a whole. */
type Hit = Named | 'organisation';

/** Spelling without case and punctuation → what it can be. */
export type NameIndex = ReadonlyMap<string, readonly Hit[]>;

export function indexNames(names: readonly KnownName[]): NameIndex {
  const index = new Map<string, Hit[]>();
  for (const { kind, name, spellings } of names)
    for (const key of new Set(spellings.map(foldName).filter(Boolean))) {
      const hits = index.get(key) ?? [];
      if (kind === 'organisation') hits.push('organisation');
      else if (!hits.some((hit) => hit !== 'organisation' && hit.kind === kind && hit.name === name))
        hits.push({ kind, name });
      index.set(key, hits);
    }
  return index;
}

/** Spellings as written → the thing, for offering names that are close. */
export function indexSpellings(names: readonly KnownName[]): ReadonlyMap<string, Named> {
  const index = new Map<string, Named>();
  for (const { kind, name, spellings } of names)
    for (const spelling of spellings)
      if (kind !== 'organisation' && !index.has(spelling)) index.set(spelling, { kind, name });
  return index;
}

/** Every part of the sentence that can be a name, with or without its kind beside it. */
export function findNames(words: readonly Word[], index: NameIndex): Part[] {
  const parts: Part[] = [];
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_NAME); to++) {
      if (words[from]?.sentence !== words[to - 1]?.sentence) break;
      const hits = lookUp(words.slice(from, to), index);
      for (const hit of hits) parts.push({ from, to, meaning: meaningOf(hit) });
      const things = hits.filter((hit) => hit !== 'organisation');
      if (things.length > 0) parts.push(...withKind(words, { from, to, things }));
    }
  return parts;
}

/** What a run of words names: as it is, else without its possessive, else in the singular. */
function lookUp(run: readonly Word[], index: NameIndex): readonly Hit[] {
  const text = run.map(({ word }) => word).join(' ');
  const staged = STAGED.exec(text);
  const bare = withoutPossessive(text);
  const exact = index.get(foldName(text));
  if (bare !== text) return [...new Set([...(index.get(foldName(bare)) ?? []), ...(exact ?? [])])];
  if (exact) return exact;
  if (staged) {
    const models = (index.get(foldName(staged[1] ?? '')) ?? []).filter(
      (hit) => hit !== 'organisation' && hit.kind === 'model',
    );
    return models.map((hit) => (hit === 'organisation' ? hit : { ...hit, stage: staged[2] ?? '' }));
  }
  const quoted = run.some((word) => word.quoted);
  return !quoted && text.length > 3 && text.endsWith('s')
    ? (index.get(foldName(text.slice(0, -1))) ?? [])
    : [];
}

/** "Team search", "the search team", "in team search": the kind decides between things of one name. */
function withKind(
  words: readonly Word[],
  { from, to, things }: { from: number; to: number; things: readonly Named[] },
): Part[] {
  const before = kindOf(words[from - 1]);
  const after = kindOf(words[to]);
  const called = words[from - 1]?.word === 'called' ? kindOf(words[from - 2]) : undefined;
  const spans = [
    ...(before ? [{ kind: before, from: from - 1, to }] : []),
    ...(called ? [{ kind: called, from: from - 2, to }] : []),
    ...(after ? [{ kind: after, from, to: to + 1 }] : []),
  ].filter((span) => words[span.from]?.sentence === words[span.to - 1]?.sentence);
  return spans.flatMap((span): Part[] => {
    const same = things.filter(({ kind }) => kind === span.kind);
    const meanings: Meaning[] =
      same.length > 0
        ? same.map((thing) => ({ is: 'named', thing }))
        : things.map((thing) => ({ is: 'other-kind', said: span.kind, thing }));
    const starts = [span.from, ...prepositionBefore(words, span.from)];
    return starts.flatMap((start) => meanings.map((meaning) => ({ from: start, to: span.to, meaning })));
  });
}

/** "in (the) team search": "in" says nothing when a kind follows. */
function prepositionBefore(words: readonly Word[], from: number): number[] {
  const at = words[from - 1]?.word === 'the' ? from - 2 : from - 1;
  return words[at]?.word === 'in' ? [at] : [];
}

function kindOf(word: Word | undefined): Kind | undefined {
  if (!word || word.quoted) return undefined;
  const bare = withoutPossessive(word.word);
  return KINDS.find((kind) => kind === bare);
}

function meaningOf(hit: Hit): Meaning {
  return hit === 'organisation' ? { is: 'everything' } : { is: 'named', thing: hit };
}
