/** Files of times and values for tests. */

import type {
  DetectFileRequest,
  DetectFileResult,
  JudgedPoint,
} from '../../../src/flows/detect-file/types.ts';
import { detectFile } from '../../../src/flows/detect-file.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const START = Date.UTC(2025, 0, 6);

/** 100 with 5 % of noise that does not change from run to run. */
export function usual(index: number): number {
  return 100 * (1 + 0.05 * Math.sin(index * index * 1.7));
}

export interface Made {
  readonly count: number;
  readonly step: number;
  readonly value?: (index: number) => number | string;
  readonly stamp?: (ms: number, index: number) => string;
}

/** "time,value" lines without a header. */
export function lines({ count, step, value = usual, stamp = iso }: Made): string[] {
  return Array.from({ length: count }, (_, index) => `${stamp(START + index * step, index)},${value(index)}`);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function day(ms: number): string {
  return iso(ms).slice(0, 10);
}

/** `usual` with something else at some indexes. */
export function withSpike(at: number, size = 500): (index: number) => number {
  return (index) => (index === at ? size : usual(index));
}

export function detect(
  csv: string | readonly string[],
  changed: Partial<DetectFileRequest> = {},
): DetectFileResult {
  return detectFile({
    name: 'series.csv',
    csv: typeof csv === 'string' ? csv : csv.join('\n'),
    detector: 'seasonal',
    params: {},
    gates: {},
    ...changed,
  });
}

/** Indexes of the rows that are anomalous. */
export function alarmsIn(points: readonly JudgedPoint[]): number[] {
  return points.flatMap(({ anomalous }, index) => (anomalous ? [index] : []));
}
