/** How explanations speak of usage: what moved, what did not, and what each is of the change. */
import type { PriceVolumeMix, UsageChange } from '../../core/anomaly.ts';
import type { ChangeStory } from '../../core/change-story.ts';
import { formatRatio, formatShare } from '../format.ts';
import { unitName } from '../format-unit-cost.ts';

/** "Requests and GPU-hours unchanged, epochs −23 %: …"; the words alone where no usage is known. */
export function withUnchanged(story: ChangeStory, words: string): string {
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
export function unchangedWords({ usage, beside }: ChangeStory): string {
  const flat = [...usage, ...beside].filter((one) => isFlat(one) && isTold(one.metric));
  const names = [...new Set(flat.map(({ metric }) => metricName(metric)))];
  return names.length === 0 ? '' : `${capital(listed(names.slice(0, 3)))} unchanged`;
}

/** Usage that moved by less than this is as before. */
const FLAT = 0.1;

export function isFlat({ ratio }: UsageChange): boolean {
  return ratio !== null && Math.abs(ratio) < FLAT;
}

/** "Requests +65 %, tokens per request +2 %." */
export function usageWords(story: ChangeStory): string {
  const { usage, split } = story;
  const said = usage.filter(
    ({ metric }) => metric === 'requests' || metric === 'epochs' || metric === 'gpu_hours',
  );
  const words = said.flatMap(({ metric, ratio, before, during }) => {
    if (before === 0 && during)
      return [`${metricName(metric)} ${Math.round(during).toLocaleString('en-US')} a day, usually none`];
    return ratio === null ? [] : [`${metricName(metric)} ${formatRatio(ratio)}`];
  });
  if (split?.metric === 'tokens' && split.volumeRatio !== null) {
    words.push(`tokens ${formatRatio(split.volumeRatio)}`);
    const requests = usage.find(({ metric }) => metric === 'requests')?.ratio;
    if (typeof requests === 'number' && requests > -1)
      words.push(`tokens per request ${formatRatio((1 + split.volumeRatio) / (1 + requests) - 1)}`);
  }
  return words.length === 0 ? '' : `${capital(words.join(', '))}.`;
}

/** "Of the change: 78 % more tokens, 15 % dearer model, 7 % price": what each is of the change, largest first. */
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
  return told.length === 0 ? '' : `Of the change: ${told.join(', ')}.`;
}

export function countedWords({ usage }: ChangeStory): string {
  const counted = usage.filter(({ during }) => during !== null && during > 0);
  return counted.length === 0 ? ', and what it is used for is not counted' : '';
}

function metricName(metric: UsageChange['metric']): string {
  return metric === 'latency' || metric === 'errors' ? metric : unitName(metric);
}

export function listed(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** GPU-hours stay as they are spelled. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
