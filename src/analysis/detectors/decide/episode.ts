/** An incident in numbers. */
import type { Series } from '../../../core/series.ts';
import type { Episode, Judgement } from '../types.ts';

interface Span {
  /** Indexes; both ends belong to it. */
  readonly first: number;
  readonly last: number;
  readonly side: number;
}

/** Sums up the known steps of a span; bridged steps count with what they cost. */
export function episodeOf({ values }: Pick<Series, 'values'>, judgement: Judgement, span: Span): Episode {
  let [score, actual, expected, steps] = [0, 0, 0, 0];
  for (let index = span.first; index <= span.last; index++) {
    const value = values[index] ?? Number.NaN;
    const usual = judgement.expected[index] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(usual)) continue;
    score = Math.max(score, judgement.score[index] ?? 0);
    actual += value;
    expected += usual;
    steps++;
  }
  return {
    first: span.first,
    last: span.last,
    direction: span.side > 0 ? 'up' : 'down',
    score,
    excess: actual - expected,
    actual: actual / steps,
    expected: expected / steps,
  };
}
