/** What `pennywatch allocate` prints for people. */
import type { ReasonSource } from '../analysis/allocate/types.ts';
import type { AllocatedHistory } from '../flows/allocate-history.ts';
import type { ExplainedResource } from '../flows/explain-allocation.ts';
import { countOf, formatShare } from '../view/format.ts';

export function renderAllocated({ days, combinations, coverage, warnings }: AllocatedHistory): string {
  if (days === 0) return 'There is no bill to allocate yet. Import one: pennywatch import focus FILE';
  const lines = [
    `Allocated ${countOf(days, 'day')} again (${countOf(combinations, 'distinct charge')}). Both layers add up.`,
  ];
  for (const { currency, dimension, before, after } of coverage)
    lines.push(
      `  ${dimension.padEnd(13)} ${formatShare(before).padStart(7)} → ${formatShare(after).padStart(5)} of ${currency}`,
    );
  return [...lines, ...warnings.map((warning) => `Warning: ${warning}`)].join('\n');
}

export function renderExplained({ resource, decisions, similar }: ExplainedResource): string {
  if (decisions.length === 0) {
    const offer =
      similar.length > 0
        ? `Did you mean:\n${similar.map((id) => `  ${id}`).join('\n')}`
        : 'Resources are kept for the newest days only; see storage.resourceDays.';
    return `No charge names the resource ${resource}. ${offer}`;
  }
  return decisions
    .map(({ service, category, tags, allocation, reasons, split }) => {
      const set = reasons.map(
        ({ dimension, value, by }) => `  ${dimension.padEnd(13)} ${value}  ← ${because(by)}`,
      );
      const unset = Object.keys(allocation).length === 0 ? ['  nothing claims it: unallocated'] : [];
      return [
        `${resource}\n${service} · ${category} · tags ${JSON.stringify(tags)}`,
        ...set,
        ...unset,
        ...(split ? [`  then shared    by split "${split.name}" among ${sharing(split)}`] : []),
      ].join('\n');
    })
    .join('\n\n');
}

function sharing({ among, by }: NonNullable<ExplainedResource['decisions'][number]['split']>): string {
  const who = among.names.length > 0 ? among.names.join(', ') : `all ${among.dimension}s`;
  switch (by.kind) {
    case 'evenly':
      return `${who}, evenly`;
    case 'shares':
      return `${who}, by fixed shares`;
    case 'direct-cost':
      return `${who}, by direct cost`;
    case 'usage':
      return `${who}, by ${by.metric.replaceAll('_', ' ')}`;
  }
}

function because(by: ReasonSource): string {
  switch (by.kind) {
    case 'rule':
      return `rule "${by.rule}"`;
    case 'tag':
      return `tag ${by.key} = ${by.value}`;
    case 'model':
      return `team of model ${by.model}`;
    case 'team':
      return `cost centre of team ${by.team}`;
  }
}
