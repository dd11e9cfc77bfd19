/** What `pennywatch detect --csv` prints for people. */
import type { Direction } from '../analysis/detectors/types.ts';
import type { DetectFileResult, FileIncident, LabelComparison } from '../flows/detect-file/types.ts';
import { countOf, formatRatio, formatShare } from '../view/format.ts';
import { oneLine } from './import-text.ts';

const MOST_INCIDENTS = 40;
const MOST_MISSED = 5;
const LOOKED_FOR: Readonly<Record<Direction, string>> = {
  up: 'rises',
  down: 'falls',
  both: 'rises and falls',
};

export function renderDetected(result: DetectFileResult, direction: Direction): string {
  const { name, points, judged, detector, step } = result;
  const rows = `${countOf(points.length, 'row')}, ${step} apart`;
  return [
    [
      `${oneLine(name)}: ${rows}; ${detector} judged ${judged.toLocaleString('en-US')}, looking for ${LOOKED_FOR[direction]}.`,
      ...renderNotes(result),
    ].join('\n'),
    judged === 0 ? notJudged(result) : renderIncidents(result.incidents),
    result.labels ? renderLabels(result.labels) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function renderNotes({ notes }: DetectFileResult): string[] {
  return notes.map((note) => `! ${note}`);
}

/** In one line, and one of what was missed. */
export function renderLabels(labels: LabelComparison): string {
  const { events, found, alarms, falseAlarms, precision, recall, f1, medianDelay, missed, outside } = labels;
  const lines = [
    [
      `Labels: ${found} of ${countOf(events, 'event')} found, ${countOf(falseAlarms, 'false alarm')} of ${countOf(alarms, 'alarm')}`,
      `precision ${formatShare(precision)}, recall ${formatShare(recall)}, F1 ${f1 === null ? 'unknown' : f1.toFixed(2)}`,
      ...(medianDelay === null ? [] : [`median delay ${countOf(medianDelay, 'step')}`]),
    ].join('; '),
  ];
  if (missed.length > 0) {
    const shown = missed.slice(0, MOST_MISSED).map(({ first, last }) => span(first, last));
    const more = missed.length > shown.length ? ` and ${missed.length - shown.length} more` : '';
    lines.push(`  missed: ${shown.join(', ')}${more}`);
  }
  if (outside > 0) lines.push(`  ${countOf(outside, 'label')} where the file has no row: not counted`);
  return lines.join('\n');
}

function renderIncidents(incidents: readonly FileIncident[]): string {
  if (incidents.length === 0) return 'Nothing unusual.';
  // The newest matter when not all can be shown.
  const shown = incidents.slice(-MOST_INCIDENTS);
  const left = incidents.length - shown.length;
  const width = Math.max(...shown.map(({ first, last }) => span(first, last).length));
  return [
    `${countOf(incidents.length, 'incident')}${left > 0 ? `, the last ${shown.length} of them` : ''}:`,
    ...shown.map(
      (one) => `  ${one.severity.padEnd(8)}  ${span(one.first, one.last).padEnd(width)}  ${inWords(one)}`,
    ),
  ].join('\n');
}

function inWords({ actual, expected, steps, excess, score }: FileIncident): string {
  const change = expected === 0 ? 'new' : formatRatio((actual - expected) / Math.abs(expected));
  const each = steps > 1 ? ' per row' : '';
  const sum = steps > 1 ? `; ${excess < 0 ? '−' : '+'}${plain(Math.abs(excess))} in ${steps} rows` : '';
  return `${plain(actual)}${each} instead of ${plain(expected)} (${change}${sum}), score ${score.toFixed(2)}`;
}

function notJudged({ needed, points, detector }: DetectFileResult): string {
  const known = points.filter(({ value }) => value !== null).length;
  if (known > needed) return `No row was judged: ${detector} found none about which it can say anything.`;
  return `No row was judged: ${detector} needs ${countOf(needed, 'known row')} before the first that it judges, and the file has ${known.toLocaleString('en-US')}.`;
}

function span(first: string, last: string): string {
  return oneLine(first === last ? first : `${first} to ${last}`);
}

function plain(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e15)) return value.toPrecision(3);
  const digits = size >= 100 ? 0 : size >= 1 ? 2 : 4;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits }).replace('-', '−');
}
