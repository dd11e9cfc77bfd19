/** Why a cost changed, in a sentence or two with numbers: only what the figures say. */
import type { Cause, NearbyChange } from '../../core/anomaly.ts';
import type { ChangeStory } from '../../core/change-story.ts';
import { type Day, msToDay } from '../../core/day.ts';
import { formatDay, formatRatio, formatShare } from '../format.ts';
import { swapWords, times, whatMoved } from './anomaly-explanation-carrier.ts';
import {
  countedWords,
  isFlat,
  splitWords,
  unchangedWords,
  usageWords,
  withUnchanged,
} from './anomaly-explanation-usage.ts';

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
  const parts = [leading(told), rose ? whatItMeans(told) : whatFell(told), deployWords(changes, today)];
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
  return swap || whatMoved(story, told.today);
}

function whatItMeans({ story, cause, today }: Told): string {
  switch (cause) {
    case 'runaway':
      return withUnchanged(story, runawayWords(story));
    case 'egress':
      return withUnchanged(story, `data on its way out${times(story.sku)}`);
    case 'mix':
    case 'price':
    case 'efficiency':
    case 'traffic':
      return [
        againWords(story, today),
        usageWords(story),
        story.split && splitWords(story.split, story.swap !== undefined),
      ]
        .filter(Boolean)
        .join(' ');
    case 'new-spend':
      return `It never cost anything before${countedWords(story)}.`;
    case 'one-off':
      return `One day only, and not seen since.${sentence(unchangedWords(story))}`;
    case 'unknown':
      return story.unknownBefore
        ? 'What it cost before is not known.'
        : [againWords(story, today), usageWords(story), 'The figures say what rose, not why.']
            .filter(Boolean)
            .join(' ');
  }
}

/** What fell is told with what was used less; that something is over needs no cause. */
function whatFell({ story, cause }: Told): string {
  const split = cause === 'traffic' || cause === 'price' || cause === 'mix' || cause === 'efficiency';
  return [usageWords(story), split && story.split && splitWords(story.split, story.swap !== undefined)]
    .filter(Boolean)
    .join(' ');
}

/** "It last cost something on Mon 12 Oct." */
function againWords({ lastCost }: ChangeStory, today: Day): string {
  return lastCost === undefined ? '' : `It last cost something on ${formatDay(lastCost, today)}.`;
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

/** What was changed just before is named, as what it is: a coincidence in time. */
function deployWords(changes: readonly NearbyChange[], today: Day): string {
  const [near] = changes.filter(({ daysFromStart }) => daysFromStart >= -2 && daysFromStart <= 0);
  if (!near) return '';
  const version = near.version && !near.title.includes(near.version) ? ` ${near.version}` : '';
  return `Near it: ${near.kind} “${near.title}”${version}, ${formatDay(msToDay(near.at.getTime()), today)}.`;
}

function sentence(words: string): string {
  return words ? ` ${words}.` : '';
}
