/** Scores a file of times and values: no database, no configuration. */
import { DEFAULT_GATES } from '../analysis/detectors/decide.ts';
import { findDetector, parseParams } from '../analysis/detectors/run.ts';
import type { Gates } from '../analysis/detectors/types.ts';
import { AppError } from '../core/errors.ts';
import type { Grain } from '../core/series.ts';
import { compareLabels } from './detect-file/compare-labels.ts';
import { incidentsOf } from './detect-file/incidents.ts';
import { judgePoints } from './detect-file/judge-points.ts';
import { judgeSlots } from './detect-file/judge-slots.ts';
import type { LabelContext, LabelSpan } from './detect-file/label-span.ts';
import { layOut, stepOf } from './detect-file/lay-out.ts';
import { notesOn, spanInWords } from './detect-file/notes.ts';
import type { Stamp } from './detect-file/parse-stamp.ts';
import { readLabels } from './detect-file/read-labels.ts';
import { type ReadRows, readRows } from './detect-file/read-rows.ts';
import type { DetectFileRequest, DetectFileResult } from './detect-file/types.ts';

/**
 * Reads a CSV of times and values, judges every row from the rows before it, and compares with labels when there are
 * some. Labels that cannot be read are named in a note. Rows in any order, at irregular times, twice, with gaps or without values are survived; a file too short to
 * be judged has points without judgement. Throws INVALID for what cannot be read, with its line.
 */
export function detectFile(request: DetectFileRequest): DetectFileResult {
  const detector = findDetector(request.detector);
  const params = parseParams(detector, request.params);
  const read = readRows(request.csv, request.name);
  const clock = clockOf(read, request.grain);
  const times = Float64Array.from(read.rows, ({ stamp }) => clock(stamp));
  const values = Float64Array.from(read.rows, ({ value }) => value);
  const layout = layOut(times, values, request.grain, 'day');
  const gates: Gates = { ...DEFAULT_GATES[layout.grain], ...request.gates };
  const judged = judgeSlots(layout, detector, params, gates);
  const points = judgePoints(read.rows, layout, judged, gates);
  const result = {
    name: request.name,
    detector: detector.id,
    grain: layout.grain,
    step: spanInWords(layout.step),
    points,
    incidents: incidentsOf(read.rows, layout, judged),
    judged: points.filter(({ expected }) => expected !== null).length,
    needed: detector.minPoints(layout.grain, params) * layout.lanes,
    notes: notesOn(read, layout),
  };
  if (request.labels === undefined) return result;
  const labels = labelsOf(request.labels, {
    file: request.name,
    times,
    clock,
    step: layout.width,
    dayFirst: read.dayFirst,
    numbered: read.numbered,
  });
  if (labels instanceof AppError)
    return {
      ...result,
      notes: [...result.notes, `The labels are left out. ${[labels.message, labels.hint].join(' ').trim()}`],
    };
  const compared = compareLabels(labels, { rows: read.rows, times, layout, decision: judged.decision });
  return {
    ...result,
    points: points.map((point, index) => ({ ...point, label: compared.labelled[index] === 1 })),
    labels: compared.comparison,
  };
}

/** Labels only compare: what is wrong with them is told, and the rows are judged all the same. */
function labelsOf(text: string, context: LabelContext): LabelSpan[] | AppError {
  try {
    return readLabels(text, context);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/**
 * Rows by the day lie on the date that is written there, whatever the zone, so that no day has 23 hours; finer ones
 * at the moment that is meant. Step numbers are taken for steps of the grain.
 */
function clockOf({ rows, numbered }: ReadRows, grain: Grain | undefined): (stamp: Stamp) => number {
  if (numbered) return ({ at }) => (at / 1000) * stepOf(grain ?? 'day');
  const moments = Float64Array.from(rows, ({ stamp }) => stamp.at);
  const layout = layOut(moments, new Float64Array(rows.length), grain, 'day');
  return layout.grain === 'day' && layout.lanes === 1 ? ({ wall }) => wall : ({ at }) => at;
}
