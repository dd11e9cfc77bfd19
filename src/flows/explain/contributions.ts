/** The contributions that an explanation keeps: telling columns first, long lists folded. */
import type { Contribution } from '../../core/anomaly.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import type { Figures } from './figures.ts';

const COLUMNS = 8;
const VALUES = 6;

/** Columns in which there is something to tell apart; one value in each direction too many is folded into the rest. */
export function shownContributions({ ranked }: Figures, filter: CostFilter): Contribution[] {
  return ranked
    .filter(({ dimension, parts }) => !(dimension in filter) && parts.some(({ key }) => key !== null))
    .slice(0, COLUMNS)
    .flatMap(({ parts }) => fold(parts));
}

/** The largest on both ends of the list; what is between them is one part, so that all parts still add up. */
export function fold(parts: readonly Contribution[], most = VALUES): Contribution[] {
  if (parts.length <= most + 1) return [...parts];
  const bySize = [...parts].sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const kept = new Set(bySize.slice(0, most));
  const rest = parts.filter((part) => !kept.has(part));
  const [any] = rest;
  if (!any) return [...parts];
  const sum = (amount: (part: Contribution) => bigint) => rest.reduce((all, part) => all + amount(part), 0n);
  return [
    ...parts.filter((part) => kept.has(part)),
    {
      dimension: any.dimension,
      key: null,
      label: `${rest.length} more`,
      actualMicros: sum((part) => part.actualMicros),
      expectedMicros: sum((part) => part.expectedMicros),
      changeMicros: sum((part) => part.changeMicros),
      share: rest.reduce((all, { share }) => all + share, 0),
      others: rest.length,
    },
  ];
}
