/** Why a cost changed, in a sentence or two with numbers: only what the figures say. */
import type { Cause, NearbyChange, PriceVolumeMix, UsageChange } from '../../core/anomaly.ts';
import type { ChangeStory, StoryPart, StoryResource } from '../../core/change-story.ts';
import { type Day, msToDay } from '../../core/day.ts';
import { countOf, formatDay, formatRatio, formatShare } from '../format.ts';
import { unitName } from '../format-unit-cost.ts';

export interface Told {
  readonly story: ChangeStory;
  readonly cause: Cause;
  readonly changes: readonly NearbyChange[];
  readonly today: Day;
  /** The model and stage below the scope that the story is about, and their share of the whole change. */
  readonly within?: { readonly model?: string; readonly stage?: string; readonly share: number };
}

/** "100 % from ml.p4d.24xlarge training in us-east-1 (…). Requests unchanged: looks like a job that does not end." */
export function explainInWords(told: Told): string {
  const { story, changes, today } = told;
  const rose = story.actualMicros >= story.expectedMicros;
  const parts = [leading(told), rose ? whatItMeans(told) : undefined, deployWords(changes, today)];
  return `${withinWords(told)}${parts.filter(Boolean).join(' ')}`;
}

/** "79 % from visual-search: "; nothing for a stage that is all of the change. */
function withinWords({ within }: Told): string {
  if (!within || (within.model === undefined && within.share > 0.9)) return '';
  const { model, stage, share } = within;
  return `${formatShare(Math.min(1, share))} from ${[model, stage].filter(Boolean).join(' ')}: `;
}

/** Where one kind took the place of another, that is what moved. */
function leading(told: Told): string {
  const { story, cause } = told;
  const swap = cause === 'mix' ? swapWords(story) : '';
  return swap || whatMoved(told);
}

function whatMoved({ story, today }: Told): string {
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

/** "ml.p4d.24xlarge training in us-east-1 (Amazon SageMaker, training-job/bert-retrain-7, since Mon 16 Nov; usually 2 days)" */
function resourceWords(resource: StoryResource, { last }: ChangeStory, today: Day): string {
  const { label, sku, region, service, environment, firstSeen, usualDays, running, days } = resource;
  const isProd = environment === undefined || /^prod/i.test(environment);
  const since = firstSeen && (running ? `since ${formatDay(firstSeen, today)}` : ran(firstSeen, last, today));
  const aside = [
    service,
    sku ? label : undefined,
    isProd ? undefined : environment,
    since && `${since}${usualDays === undefined ? '' : `, ${countOf(days, 'day')}; usually ${usualDays}`}`,
  ];
  const place = region ? ` in ${region}` : '';
  return `${sku ?? label}${place} (${aside.filter(Boolean).join(', ')})`;
}

function ran(first: Day, last: Day, today: Day): string {
  return first === last
    ? `on ${formatDay(first, today)}`
    : `${formatDay(first, today)} – ${formatDay(last, today)}`;
}

function whatItMeans({ story, cause }: Told): string {
  switch (cause) {
    case 'runaway':
      return withUnchanged(story, runawayWords(story));
    case 'egress':
      return withUnchanged(story, `data on its way out${times(story.sku)}`);
    case 'mix':
    case 'price':
    case 'efficiency':
    case 'traffic':
      return [usageWords(story), story.split && splitWords(story.split, story.swap !== undefined)]
        .filter(Boolean)
        .join(' ');
    case 'new-spend':
      return `It cost nothing before${countedWords(story)}.`;
    case 'one-off':
      return `One day only, and not seen since.${sentence(unchangedWords(story))}`;
    case 'unknown':
      return [usageWords(story), 'The figures say what rose, not why.'].filter(Boolean).join(' ');
  }
}

function runawayWords({ resource, usage }: ChangeStory): string {
  const epochs = usage.find(({ metric }) => metric === 'epochs');
  const hours = usage.find(({ metric }) => metric === 'gpu_hours');
  if (hours?.ratio && epochs?.ratio != null && hours.ratio > 0.3 && !isFlat(hours))
    return `${formatRatio(hours.ratio)} GPU-hours for ${formatRatio(epochs.ratio)} epochs: looks like a job that does not end`;
  const machine = resource?.environment !== undefined && !/^prod/i.test(resource.environment);
  if (resource?.usualDays !== undefined && resource.days > resource.usualDays)
    return 'looks like a job that does not end';
  return machine && resource?.steady
    ? 'the same every day, looks like a machine that stands idle'
    : 'costs more and no more comes out';
}

/** "Requests and GPU-hours unchanged, epochs −23 %: …"; the words alone where no usage is known. */
function withUnchanged(story: ChangeStory, words: string): string {
  const moved = story.usage.filter((usage) => usage.ratio !== null && usage.ratio < 0 && !isFlat(usage));
  const less = moved.flatMap(({ metric, ratio }) =>
    isTold(metric) ? [`${metricName(metric)} ${formatRatio(ratio ?? 0)}`] : [],
  );
  const used = [unchangedWords(story), ...less.slice(0, 2)].filter(Boolean).join(', ');
  return `${used ? `${capital(used)}: ${words}` : capital(words)}.`;
}

/** Metrics that say what came out, not the finer ones that follow them. */
function isTold(metric: UsageChange['metric']): boolean {
  return !/^(?:training_hours|(?:input|output|cached)_tokens)$/.test(metric);
}

/** "Requests and GPU-hours unchanged"; empty where none is known to be. */
function unchangedWords({ usage, beside }: ChangeStory): string {
  const flat = [...usage, ...beside].filter((one) => isFlat(one) && isTold(one.metric));
  const names = [...new Set(flat.map(({ metric }) => metricName(metric)))];
  return names.length === 0 ? '' : `${capital(listed(names.slice(0, 3)))} unchanged`;
}

/** Usage that moved by less than this is as before. */
const FLAT = 0.1;

function isFlat({ ratio }: UsageChange): boolean {
  return ratio !== null && Math.abs(ratio) < FLAT;
}

/** "gpt-4.1 in place of gpt-4.1-mini, at 5.0 times the price of a token." */
function swapWords({ swap, split }: ChangeStory): string {
  if (!swap || swap.share < 0.5) return '';
  const dearer = split?.metric === 'tokens' && split.mixRatio !== null && split.mixRatio > 0.1;
  const factor = dearer ? `, at ${formatFactor(1 + (split.mixRatio ?? 0))} the price of a token` : '';
  return `${some(swap.to)} in place of ${some(swap.from)}${factor}.`;
}

/** "5.0 times", "70 times" */
function formatFactor(factor: number): string {
  return `${factor >= 10 ? Math.round(factor) : factor.toFixed(1)} times`;
}

function some(names: readonly string[]): string {
  return names.length <= 2 ? listed(names) : `${names[0]} and ${names.length - 1} more`;
}

/** "Requests +65 %, tokens per request +2 %." */
function usageWords(story: ChangeStory): string {
  const { usage, split } = story;
  const said = usage.filter(
    ({ metric }) => metric === 'requests' || metric === 'epochs' || metric === 'gpu_hours',
  );
  const words = said.flatMap(({ metric, ratio }) =>
    ratio === null ? [] : [`${metricName(metric)} ${formatRatio(ratio)}`],
  );
  if (split?.metric === 'tokens' && split.volumeRatio !== null) {
    words.push(`tokens ${formatRatio(split.volumeRatio)}`);
    const requests = usage.find(({ metric }) => metric === 'requests')?.ratio;
    if (typeof requests === 'number' && requests > -1)
      words.push(`tokens per request ${formatRatio((1 + split.volumeRatio) / (1 + requests) - 1)}`);
  }
  return words.length === 0 ? '' : `${capital(words.join(', '))}.`;
}

/** "78 % more tokens, 15 % dearer model, 7 % price": what each is of the change, largest first. */
export function splitWords(split: PriceVolumeMix, otherModel = false): string {
  const { volumeMicros, mixMicros, priceMicros, metric } = split;
  const change = Number(volumeMicros + mixMicros + priceMicros);
  if (change === 0) return '';
  const unit = unitName(metric);
  const more = change > 0;
  const priced = metric === 'tokens' ? 'price' : `cost per ${unit.replace(/s$/, '')}`;
  const mix = metric !== 'tokens' ? 'mix' : otherModel ? 'model' : 'mix of tokens';
  const words: readonly (readonly [number, string, string])[] = [
    [
      Number(volumeMicros) / change,
      more ? `more ${unit}` : `fewer ${unit}`,
      more ? `fewer ${unit}` : `more ${unit}`,
    ],
    [
      Number(mixMicros) / change,
      more ? `a dearer ${mix}` : `a cheaper ${mix}`,
      more ? `a cheaper ${mix}` : `a dearer ${mix}`,
    ],
    [Number(priceMicros) / change, priced, more ? `a lower ${priced}` : `a higher ${priced}`],
  ];
  const told = words
    .filter(([share]) => Math.abs(share) >= 0.01)
    .sort(([a], [b]) => b - a)
    .map(([share, same, opposite]) =>
      share > 0 ? `${formatShare(share)} ${same}` : `less ${formatShare(-share)} by ${opposite}`,
    );
  return told.length === 0 ? '' : `${capital(told.join(', '))}.`;
}

function countedWords({ usage }: ChangeStory): string {
  const counted = usage.filter(({ during }) => during !== null && during > 0);
  return counted.length === 0 ? ', and what it is used for is not counted' : '';
}

/** ", 70 times the usual" */
function times(part: StoryPart | undefined): string {
  if (!part || part.ratio === null || part.ratio < 1) return '';
  return `, ${formatFactor(part.ratio + 1)} the usual`;
}

/** What was changed just before is named, as what it is: a coincidence in time. */
function deployWords(changes: readonly NearbyChange[], today: Day): string {
  const [near] = changes.filter(({ daysFromStart }) => daysFromStart >= -2 && daysFromStart <= 0);
  if (!near) return '';
  const version = near.version && !near.title.includes(near.version) ? ` ${near.version}` : '';
  return `Near it: ${near.kind} “${near.title}”${version}, ${formatDay(msToDay(near.at.getTime()), today)}.`;
}

function metricName(metric: UsageChange['metric']): string {
  return metric === 'latency' || metric === 'errors' ? metric : unitName(metric);
}

function sentence(words: string): string {
  return words ? ` ${words}.` : '';
}

function listed(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** GPU-hours stay as they are spelled. */
function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
