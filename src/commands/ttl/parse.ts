/** The words of `ttl [SCOPE [48h|until DAY|keep 24h|keep until DAY|off] ["REASON"]]`. */
import { AppError } from '../../core/errors.ts';
import type { Until } from '../../flows/ttl/when.ts';
import type { Token } from '../tokens.ts';

export type TtlWords =
  | { readonly verb: 'list' }
  | { readonly verb: 'show'; readonly thing: string }
  | { readonly verb: 'off'; readonly thing: string }
  | {
      readonly verb: 'set' | 'keep';
      readonly thing: string;
      readonly until: Until;
      readonly reason?: string;
    };

const KINDS = /^(experiment|model|feature|environment|env|team|service|provider)$/i;
const CONTROL = /^(off|keep|until|for|remove|\d+(\.\d+)?[a-z]*)$/i;
const UNITS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

/** Throws INVALID in words for what is unclear. */
export function parseTtl(tokens: readonly Token[]): TtlWords {
  const [first] = tokens;
  if (!first || (tokens.length === 1 && !first.quoted && /^(list|all)$/i.test(first.text)))
    return { verb: 'list' };
  const { thing, rest } = takeThing(tokens);
  const reason = rest
    .filter(({ quoted }) => quoted)
    .map(({ text }) => text)
    .join(' ');
  const words = rest
    .filter(({ quoted }) => !quoted)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
  if (words === '' && reason === '') return { verb: 'show', thing };
  if (words === 'off' || words === 'remove') return { verb: 'off', thing };
  const keep = /^keep\b\s*(.*)$/.exec(words);
  const until = untilOf(keep ? (keep[1] ?? '') : words, thing);
  return { verb: keep ? 'keep' : 'set', thing, until, ...(reason && { reason }) };
}

/** "experiment ablation-7" is one thing, as "experiment:ablation-7" is. */
function takeThing(tokens: readonly Token[]): { thing: string; rest: readonly Token[] } {
  const [first, second] = tokens;
  if (first && second && !first.quoted && KINDS.test(first.text)) {
    const kind = first.text.toLowerCase().replace(/^env$/, 'environment');
    return { thing: `${kind}:${second.text}`, rest: tokens.slice(2) };
  }
  const end = tokens.findIndex(({ text, quoted }, index) => index > 0 && (quoted || CONTROL.test(text)));
  const upTo = end < 0 ? tokens.length : end;
  return {
    thing: tokens
      .slice(0, upTo)
      .map(({ text }) => text)
      .join(' '),
    rest: tokens.slice(upTo),
  };
}

function untilOf(words: string, thing: string): Until {
  const [, count, unit] = /^(?:for )?(\d{1,4})\s*(h|d|w)(?:ours?|ays?|eeks?|rs?)?$/.exec(words) ?? [];
  if (count !== undefined && unit !== undefined)
    return { kind: 'hours', hours: Number(count) * (UNITS[unit] ?? 1) };
  const [, day, time] = /^until (\d{4}-\d\d-\d\d)(?:[ t]([01]\d:[0-5]\d|2[0-3]:[0-5]\d))?$/.exec(words) ?? [];
  if (day !== undefined) return { kind: 'day', day, ...(time !== undefined && { time }) };
  throw new AppError('INVALID', `I don't know the time "${words.slice(0, 60)}".`, {
    hint: `Write for example: ttl ${thing} 48h, ttl ${thing} until 2026-12-01, ttl ${thing} keep 24h, or ttl ${thing} off.`,
  });
}
