/** How explanations name what carries a change: a resource, a SKU, one thing in place of another. */
import type { ChangeStory, StoryPart, StoryResource } from '../../core/change-story.ts';
import { addDays, type Day } from '../../core/day.ts';
import { countOf, formatDay, formatShare } from '../format.ts';
import { listed } from './anomaly-explanation-usage.ts';

/** "100 % from ml.p4d.24xlarge training in us-east-1 (Amazon SageMaker, training-job/bert-retrain-7)." */
export function whatMoved(story: ChangeStory, today: Day): string {
  const { resource, sku, service, region, place } = story;
  if (resource) return `${shareFrom(resource)} from ${resourceWords(resource, story, today)}.`;
  const carrier = sku ?? place ?? service;
  if (!carrier) return 'No single service, model or resource carries most of it.';
  const at = [
    region && !samePart(region, carrier) ? `in ${region.label}` : '',
    service && carrier !== service ? `(${service.label})` : '',
  ];
  return `${shareFrom(carrier)} from ${[carrier.label, ...at].filter(Boolean).join(' ')}.`;
}

function samePart(a: StoryPart, b: StoryPart): boolean {
  return a.label === b.label;
}

/** Others may have fallen: more than all of a change is said as all of it. */
function shareFrom({ share }: StoryPart): string {
  return formatShare(Math.min(1, share));
}

const WEEK = 7;

/** "ml.p4d.24xlarge training in us-east-1 (Amazon SageMaker, training-job/bert-retrain-7, since Mon 16 Nov; usually 2 days)" */
function resourceWords(resource: StoryResource, { first }: ChangeStory, today: Day): string {
  const { label, sku, region, service, environment, usualDays, running, days } = resource;
  const { firstSeen, lastSeen } = resource;
  const isProd = environment === undefined || /^prod/i.test(environment);
  // What was there long before did not begin the change.
  const began = firstSeen !== undefined && firstSeen >= addDays(first, -WEEK);
  const since = began && (running ? `since ${formatDay(firstSeen, today)}` : ran(firstSeen, lastSeen, today));
  const longer = usualDays !== undefined && days > usualDays;
  const aside = [
    service,
    sku ? label : undefined,
    isProd ? undefined : environment,
    since && `${since}${longer ? `, ${countOf(days, 'day')}; usually ${usualDays}` : ''}`,
  ];
  const place = region ? ` in ${region}` : '';
  return `${sku ?? label}${place} (${aside.filter(Boolean).join(', ')})`;
}

function ran(first: Day, last: Day, today: Day): string {
  return first === last
    ? `on ${formatDay(first, today)}`
    : `${formatDay(first, today)} – ${formatDay(last, today)}`;
}

/** "gpt-4.1 in place of gpt-4.1-mini, at 5.0 times the price of a token." */
export function swapWords({ swap, split }: ChangeStory): string {
  if (!swap || swap.share < 0.5) return '';
  const ratio = split?.metric === 'tokens' ? (split.mixRatio ?? 0) : 0;
  const factor = Math.abs(ratio) > 0.1 ? `, at ${formatFactor(1 + ratio)} the price of a token` : '';
  return `${some(swap.to)} in place of ${some(swap.from)}${factor}.`;
}

/** "5.0 times", "70 times", "20 % of" */
function formatFactor(factor: number): string {
  if (factor < 1) return `${formatShare(factor)} of`;
  return `${factor >= 10 ? Math.round(factor) : factor.toFixed(1)} times`;
}

function some(names: readonly string[]): string {
  return names.length <= 2 ? listed(names) : `${names[0]} and ${names.length - 1} more`;
}

/** ", 70 times the usual" */
export function times(part: StoryPart | undefined): string {
  if (!part || part.ratio === null || part.ratio < 1) return '';
  return `, ${formatFactor(part.ratio + 1)} the usual`;
}
