/** What providers themselves expect, beside our own forecast. */
import type { Day } from '../../core/day.ts';
import { decimalToMicros } from '../../core/money.ts';
import type { Scope } from '../../core/scope.ts';
import type { EvidenceItem } from '../../sources/types.ts';
import { readEvidence } from '../../store/evidence.ts';
import type { ProviderExpectation } from '../../view/messages/forecast-types.ts';
import type { Reach } from '../answer/reach.ts';
import type { Context } from '../context.ts';

/** The newest word of each source about days to come. It is about a whole bill: for parts of one there is none. */
export async function providerExpectations(
  { store }: Context,
  scope: Scope,
  { sources, today }: Reach,
): Promise<ProviderExpectation[]> {
  if (scope.kind !== 'org' && scope.kind !== 'provider') return [];
  const found: ProviderExpectation[] = [];
  for (const { name } of sources) {
    const [newest] = (await readEvidence(store, name, today)).flatMap(({ kind, start, end, data }) =>
      kind === 'forecast' ? (expectationOf(name, { start, end }, data) ?? []) : [],
    );
    if (newest) found.push(newest);
  }
  return found;
}

function expectationOf(
  source: string,
  days: { start: Day; end: Day },
  data: string,
): ProviderExpectation | undefined {
  const { currency, mean, lower, upper } = JSON.parse(data) as Partial<
    Extract<EvidenceItem, { kind: 'forecast' }>
  >;
  if (currency === undefined || mean === undefined) return undefined;
  return {
    source,
    days,
    currency,
    mean: decimalToMicros(mean),
    ...(lower !== undefined && { low: decimalToMicros(lower) }),
    ...(upper !== undefined && { high: decimalToMicros(upper) }),
  };
}
