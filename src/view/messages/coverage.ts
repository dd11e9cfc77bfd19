/** Allocation coverage as a message. */
import type { Coverage } from '../../core/coverage.ts';
import type { PeriodWord } from '../../core/period.ts';
import { type Element, text, type View } from '../elements.ts';
import { formatMoney, formatPeriod, formatRange, formatShare } from '../format.ts';
import { BREAKDOWN_TITLES } from './answer-table.ts';
import { unsharedText } from './unshared-pool.ts';

const NAMED = 5;

export function composeCoverage(coverage: Coverage, word: PeriodWord): View {
  const { total, dimensions, unclaimed, currency, period, today } = coverage;
  const when = formatPeriod(word, period, today);
  if (total === null || total === 0n)
    return {
      elements: [
        { kind: 'heading', text: `No cost is known ${when}` },
        {
          kind: 'text',
          spans: [
            text(
              'Ask for a time that the sources cover (see: sources), or import a bill on the server: pennywatch import focus FILE.',
            ),
          ],
        },
      ],
    };
  const team = dimensions.find(({ dimension }) => dimension === 'team');
  const elements: Element[] = [
    {
      kind: 'heading',
      text: `${formatShare(team?.ratio ?? null)} of ${formatMoney(total, currency)} has a team ${when}`,
    },
    {
      kind: 'table',
      columns: [
        { title: 'Dimension' },
        { title: 'Allocated', align: 'right' },
        { title: 'Not allocated', align: 'right' },
      ],
      rows: dimensions.map(({ dimension, allocated, ratio }) => [
        BREAKDOWN_TITLES[dimension],
        formatShare(ratio),
        formatMoney(total - allocated, currency),
      ]),
    },
  ];
  if (unclaimed.length > 0)
    elements.push({ kind: 'text', spans: [text(`Without a team: ${namedUnclaimed(unclaimed, currency)}.`)] });
  for (const pool of coverage.unshared)
    elements.push({ kind: 'text', spans: [text(unsharedText(pool, today))] });
  elements.push(
    {
      kind: 'actions',
      buttons: [
        { label: 'No team, by account', action: { do: 'command', text: 'team unallocated by account' } },
        { label: 'No model, by service', action: { do: 'command', text: 'model unallocated by service' } },
      ],
    },
    {
      kind: 'context',
      spans: [
        text(
          `EffectiveCost · ${currency} · ${formatRange(period, today)} · positive charges, so that a credit hides nothing`,
        ),
      ],
    },
  );
  for (const from of coverage.unconverted)
    elements.push({
      kind: 'context',
      spans: [text(`⚠ There is no ${from}→${currency} rate: ${from} amounts are not counted.`)],
    });
  return { elements };
}

function namedUnclaimed(unclaimed: Coverage['unclaimed'], currency: string): string {
  const named = unclaimed
    .slice(0, NAMED)
    .map(({ service, cost }) => `${service} ${formatMoney(cost, currency)}`);
  const rest = unclaimed.slice(NAMED);
  const sum = rest.reduce((a, { cost }) => a + cost, 0n);
  return (
    named.join(', ') + (rest.length > 0 ? `, and ${rest.length} more, ${formatMoney(sum, currency)}` : '')
  );
}
