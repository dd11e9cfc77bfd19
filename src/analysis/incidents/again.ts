/** What stops and comes again at the same place within a week is one incident with a pause. */
import type { Flag, Incident } from './types.ts';

/** Usual days between, at most. */
export const AGAIN_WITHIN_DAYS = 7;

/** Incidents of one place and direction with short pauses between as one each; their unusual days only are added up. */
export function joinAgain(incidents: readonly Incident[]): Incident[] {
  const joined: Incident[] = [];
  for (const incident of [...incidents].sort((a, b) => a.flag.first - b.flag.first)) {
    const index = joined.findIndex((one) => isAgain(one, incident));
    const before = joined[index];
    if (before) joined[index] = together(before, incident);
    else joined.push(incident);
  }
  return joined;
}

function isAgain(before: Incident, next: Incident): boolean {
  const [a, b] = [before.flag, next.flag];
  const kind = (flag: Flag) => `${flag.direction} ${flag.detector === 'drift'}`;
  return before.node === next.node && kind(a) === kind(b) && b.first - a.last - 1 <= AGAIN_WITHIN_DAYS;
}

function together(before: Incident, next: Incident): Incident {
  const [a, b] = [before.flag, next.flag];
  const [days, more] = [daysOf(a), daysOf(b)];
  const mean = (one: number, other: number) => (one * days + other * more) / (days + more);
  const known = new Set(next.related.map(({ node }) => node));
  return {
    node: next.node,
    related: [...next.related, ...before.related.filter(({ node }) => !known.has(node))],
    flag: {
      ...a,
      last: Math.max(a.last, b.last),
      score: Math.max(a.score, b.score),
      excess: a.excess + b.excess,
      actual: mean(a.actual, b.actual),
      expected: mean(a.expected, b.expected),
    },
  };
}

/** Days that were unusual: the excess of all of them ÷ that of one. */
function daysOf({ excess, actual, expected, first, last }: Flag): number {
  const days = Math.round(excess / (actual - expected));
  return Number.isFinite(days) && days > 0 ? days : last - first + 1;
}
