/** Explanations as `--json` prints them: amounts are decimal strings per day, shares and ratios are fractions, unknown is null. */
import type { Explanation } from '../../core/anomaly.ts';
import { microsToDecimal } from '../../core/money.ts';
import type { AnomalyShown } from '../../view/messages/anomaly-words.ts';
import { anomalyJson as listedJson } from '../anomaly/json.ts';

/** As in lists, with where else it shows. */
export function anomalyJson(anomaly: AnomalyShown) {
  const { why: _, ...facts } = listedJson(anomaly);
  return {
    ...facts,
    score: rounded(anomaly.score ?? null),
    related: (anomaly.related ?? []).map(({ path, excessMicros }) => ({
      path,
      excess: microsToDecimal(excessMicros),
    })),
  };
}

export function explanationJson(explanation: Explanation) {
  const { cause, sentence, during, before, currency, contributions, split, usage, changes } = explanation;
  const { changeMicros, actualMicros, expectedMicros, evidence, firstResource, unknown } = explanation;
  return {
    cause,
    why: sentence,
    during,
    before,
    currency,
    actual: decimal(actualMicros),
    expected: decimal(expectedMicros),
    change: expectedMicros === undefined ? null : microsToDecimal(changeMicros),
    contributions: contributions.map((part) => ({
      dimension: part.dimension,
      key: part.key,
      label: part.label,
      actual: microsToDecimal(part.actualMicros),
      expected: microsToDecimal(part.expectedMicros),
      change: microsToDecimal(part.changeMicros),
      share: rounded(part.share),
      ...(part.firstSeen !== undefined && { firstSeen: part.firstSeen }),
      ...(part.others !== undefined && { others: part.others }),
    })),
    split: split
      ? {
          metric: split.metric,
          volume: microsToDecimal(split.volumeMicros),
          price: microsToDecimal(split.priceMicros),
          mix: microsToDecimal(split.mixMicros),
          volumeRatio: rounded(split.volumeRatio),
          priceRatio: rounded(split.priceRatio),
          mixRatio: rounded(split.mixRatio),
        }
      : null,
    usage: usage.map(({ ratio, ...one }) => ({ ...one, ratio: rounded(ratio) })),
    changes: changes.map(({ at, ...change }) => ({ at: at.toISOString(), ...change })),
    evidence: evidence ?? [],
    firstResource: firstResource ?? null,
    unknown,
  };
}

function decimal(micros: bigint | undefined): string | null {
  return micros === undefined ? null : microsToDecimal(micros);
}

function rounded(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 10_000) / 10_000;
}
