/** The things a comparison names: "bert ranker-v3", "team search vs growth", "bert with team search". */
import { type Scope, scopeKey } from '../../core/scope.ts';
import type { Kind } from '../../flows/find-name.ts';
import { offersOf, type Thing, type Things } from '../../flows/find-thing.ts';
import type { Token } from '../tokens.ts';

/** One of the things, or words that name none (or more than one). */
export type Named =
  | { readonly scope: Scope }
  | {
      readonly scope?: undefined;
      readonly typed: string;
      readonly several: boolean;
      readonly offers: readonly string[];
    };

const BETWEEN = /^(vs\.?|versus|and|with|to|against|&|,)$/i;
/** No name that anybody types without quotes has more words. */
const LONGEST = 6;

/** Longest names first; a kind holds for what follows it until another one, where it fits. */
export function namedThings(tokens: readonly Token[], things: Things): Named[] {
  const found: Named[] = [];
  let kind: Kind | undefined;
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] as Token;
    const said = token.quoted ? undefined : things.kindOf(token.text);
    if (said && i + 1 < tokens.length) {
      kind = said;
      i++;
      continue;
    }
    const match = longest(tokens.slice(i, i + LONGEST), things, kind);
    if (match) {
      found.push(match.named);
      i += match.length;
    } else if (!token.quoted && BETWEEN.test(token.text)) i++;
    else {
      const length = unknownLength(tokens.slice(i));
      const typed = wordsOf(tokens.slice(i, i + length));
      found.push(unclear(typed, look(things, typed, kind)));
      i += length;
    }
  }
  return distinct(found);
}

function longest(
  tokens: readonly Token[],
  things: Things,
  kind: Kind | undefined,
): { named: Named; length: number } | undefined {
  for (let length = tokens.length; length > 0; length--) {
    const typed = wordsOf(tokens.slice(0, length));
    const thing = look(things, typed, kind);
    if (thing.found) return { named: { scope: thing.found }, length };
    if (thing.either.length > 0) return { named: unclear(typed, thing), length };
  }
  return undefined;
}

function look(things: Things, typed: string, kind: Kind | undefined): Thing {
  if (kind === undefined) return things.find(typed);
  const ofKind = things.find(typed, kind);
  if (ofKind.found) return ofKind;
  const any = things.find(typed);
  return any.found || any.either.length > 0 ? any : ofKind;
}

function unclear(typed: string, thing: Thing): Named {
  if (thing.found) return { scope: thing.found };
  return { typed, several: thing.either.length > 0, offers: offersOf(thing) };
}

/** Words up to the next "and", "vs" … belong to one unknown name only when such a word follows. */
function unknownLength(tokens: readonly Token[]): number {
  const next = tokens.findIndex(({ text, quoted }) => !quoted && BETWEEN.test(text));
  return next > 0 ? next : 1;
}

/** A comma after a name belongs to the sentence. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ text }) => text)
    .join(' ')
    .replace(/,$/, '');
}

function distinct(named: readonly Named[]): Named[] {
  const seen = new Set<string>();
  return named.filter((one) => {
    if (!one.scope) return true;
    const key = scopeKey(one.scope);
    return !seen.has(key) && seen.add(key);
  });
}
