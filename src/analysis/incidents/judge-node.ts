/** Judges one place: its own detector, and beside it what is new and what creeps. */
import type { Series } from '../../core/series.ts';
import { decide } from '../detectors/decide.ts';
import { findDetector, parseParams } from '../detectors/run.ts';
import {
  type Detector,
  EDGE_SCORE,
  type Episode,
  type Gates,
  type Hints,
  type Judgement,
} from '../detectors/types.ts';
import type { Flag, NodeVerdict } from './types.ts';

/** A detector with its parameters checked, ready for many series. */
export interface Ready {
  readonly id: string;
  readonly detector: Detector;
  readonly params: unknown;
}

/** How the series of a place are judged. */
export interface JudgeOptions {
  readonly main: Ready;
  /** Cost of something that never cost; absent: not looked for. */
  readonly fresh?: Ready;
  /** Slow rises; absent: not looked for. */
  readonly drift?: Ready;
  readonly gates: Gates;
}

/** The detector of this id with parameters as somebody wrote them. Throws INVALID that names what is wrong. */
export function readyDetector(id: string, params?: unknown): Ready {
  const detector = findDetector(id);
  return { id, detector, params: parseParams(detector, params) };
}

/** Days of a series that drift is looked for in: its longest window and those that are asked about. */
const DRIFT_DAYS = 120;

/**
 * What is unusual in a series, causally. Where the main detector knows no usual value, or finds the step unusual
 * too, what never cost before is named as that. Slow rises are episodes of their own.
 */
export function judgeNode(series: Series, options: JudgeOptions, hints?: Hints): NodeVerdict {
  const { main, fresh, gates } = options;
  const judgement = main.detector.judge(series, main.params, hints);
  const isNew = fresh ? adopt(judgement, fresh.detector.judge(series, fresh.params, hints)) : undefined;
  const { episodes } = decide(series, judgement, gates, { detector: main.detector });
  const flags = episodes.map((episode) => ({
    ...episode,
    detector: isNew?.[episode.first] ? 'new-spend' : main.id,
  }));
  const drifts = options.drift ? driftFlags(series, options.drift, gates, hints) : [];
  if (flags.length + drifts.length === 0) return { gates, flags: [] };
  const { expected, lower, upper } = judgement;
  return { gates, expected, lower, upper, flags: [...flags, ...drifts] };
}

/** Takes over steps of `fresh` that the judgement does not know, or finds unusual too. Returns 1 where it did. */
function adopt(judgement: Judgement, fresh: Judgement): Uint8Array {
  const adopted = new Uint8Array(judgement.score.length);
  for (let index = 0; index < adopted.length; index++) {
    const score = fresh.score[index] ?? Number.NaN;
    if (Number.isNaN(score)) continue;
    const known = judgement.score[index] ?? Number.NaN;
    if (!Number.isNaN(known) && !(score > EDGE_SCORE && known > EDGE_SCORE)) continue;
    adopted[index] = score > EDGE_SCORE ? 1 : 0;
    judgement.expected[index] = fresh.expected[index] ?? Number.NaN;
    judgement.lower[index] = fresh.lower[index] ?? Number.NaN;
    judgement.upper[index] = fresh.upper[index] ?? Number.NaN;
    judgement.score[index] = score;
  }
  return adopted;
}

function driftFlags(series: Series, { id, detector, params }: Ready, gates: Gates, hints?: Hints): Flag[] {
  const from = Math.max(0, series.values.length - DRIFT_DAYS);
  const tail: Series = { ...series, values: series.values.subarray(from) };
  const judgement = detector.judge(tail, params, tailOf(hints, from));
  return decide(tail, judgement, gates, { detector }).episodes.map((episode) => ({
    ...moved(episode, from),
    detector: id,
  }));
}

function moved(episode: Episode, by: number): Episode {
  return { ...episode, first: episode.first + by, last: episode.last + by };
}

function tailOf(hints: Hints | undefined, from: number): Hints | undefined {
  if (!hints) return undefined;
  const { planned, accepted, excluded } = hints;
  return {
    ...hints,
    ...(planned && { planned: planned.subarray(from) }),
    ...(accepted && { accepted: accepted.subarray(from) }),
    ...(excluded && { excluded: excluded.subarray(from) }),
  };
}
