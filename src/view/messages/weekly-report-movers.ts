/** What moved most, a line each, with what the data says about why. */
import type { Span } from '../elements.ts';
import { formatRatio, formatSignedMoney } from '../format.ts';
import { unitName } from '../format-unit-cost.ts';
import { type Sentences, say } from '../templates/sentence.ts';
import type { ReportFacts, ReportMover } from './weekly-report-types.ts';
import { namedDays } from './weekly-report-words.ts';

/** Less than this is "the same". */
const SAME = 0.01;

export function moverItems(facts: ReportFacts, sentences: Sentences): Span[][] {
  return facts.movers
    .map((mover) =>
      say(sentences, 'report-mover', {
        name: mover.label,
        change: formatSignedMoney(mover.change, facts.currency),
        percent: mover.changeRatio === null ? null : formatRatio(mover.changeRatio),
        reason: reasonWords(mover, facts) || null,
        owner: mover.owner?.name,
      }),
    )
    .filter((spans) => spans.length > 0);
}

/** "training +$1,820, mostly Amazon EC2 (+$1,700) in us-east-1, on Tue 11 Nov; 22 % more GPU-hours, same unit cost". */
function reasonWords(mover: ReportMover, facts: ReportFacts): string {
  const where = [stateWords(mover), causeWords(mover, facts.currency), timingWords(mover, facts)]
    .filter((part) => part !== '')
    .join(', ');
  return [where, usageWords(mover)].filter((part) => part !== '').join('; ');
}

function stateWords({ previous, change }: ReportMover): string {
  if (previous === 0n) return 'nothing the week before';
  return previous !== null && change === -previous ? 'nothing any more' : '';
}

function causeWords({ causes, change }: ReportMover, currency: string): string {
  const of = (dimension: string) => causes.find((cause) => cause.dimension === dimension);
  const [stage, version, service, region] = ['stage', 'modelVersion', 'service', 'region'].map(of);
  const said: string[] = [];
  if (stage) said.push(`${stage.label} ${formatSignedMoney(stage.change, currency)}`);
  if (version) said.push(`version ${version.label} ${formatSignedMoney(version.change, currency)}`);
  const place = region ? ` in ${region.label}` : '';
  if (service?.change === change) said.push(`all of it ${service.label}${place}`);
  else if (service)
    said.push(`mostly ${service.label} (${formatSignedMoney(service.change, currency)})${place}`);
  else if (region) said.push(`mostly in ${region.label} (${formatSignedMoney(region.change, currency)})`);
  return said.join(', ');
}

function timingWords({ timing, change }: ReportMover, { today }: ReportFacts): string {
  if (!timing) return '';
  if (timing.kind === 'since')
    return `${change > 0n ? 'higher' : 'lower'} since ${namedDays([timing.day], today)}`;
  return `most of it on ${namedDays(timing.days, today)}`;
}

function usageWords({ usage }: ReportMover): string {
  if (!usage) return '';
  const { metric, quantityRatio, priceRatio } = usage;
  const what = unitName(metric);
  const volume =
    Math.abs(quantityRatio) < SAME
      ? `as many ${what}`
      : `${formatRatio(Math.abs(quantityRatio)).slice(1)} ${quantityRatio > 0 ? 'more' : 'fewer'} ${what}`;
  if (Math.abs(priceRatio) < SAME) return `${volume} at the same unit cost`;
  const size = formatRatio(Math.abs(priceRatio)).slice(1);
  return `${volume}, each ${size} ${priceRatio > 0 ? 'dearer' : 'cheaper'}`;
}
