/** Judging a series with a detector that is named, and parameters as somebody wrote them. */

import { AppError } from '../../core/errors.ts';
import type { Series } from '../../core/series.ts';
import { closestNames, exactName } from '../closest.ts';
import { detectors } from './registry.ts';
import type { Detector, Hints, Judgement } from './types.ts';

/** The detector of this id. Throws INVALID, with those there are, for another name. */
export function findDetector(id: string): Detector {
  const found = detectors.find((detector) => detector.id === id);
  if (found) return found;
  const ids = detectors.map((detector) => detector.id);
  const [near] = closestNames(id, ids, 1);
  throw new AppError('INVALID', `There is no detector "${id.slice(0, 60)}".`, {
    hint: `${near ? `Did you mean ${near}? ` : ''}There are ${ids.join(', ')}.`,
  });
}

/** A detector's parameters, checked, with defaults for what is left out. Throws INVALID that names the parameter. */
export function parseParams<P>(detector: Detector<P>, raw: unknown): P {
  const parsed = detector.params.safeParse(spelledRight(detector, raw ?? {}));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new AppError(
      'INVALID',
      `The detector ${detector.id} has no parameter "${issue.keys.join('", "')}".`,
      {
        hint: parametersOf(detector),
      },
    );
  const name = issue?.path.join('.') ?? '';
  throw new AppError(
    'INVALID',
    name === ''
      ? `The parameters of the detector ${detector.id} are not a mapping of names to numbers.`
      : `The parameter ${name} of the detector ${detector.id} is not ${issue?.message}.`,
    { hint: parametersOf(detector) },
  );
}

/**
 * Judges a series: finds the detector, checks its parameters, judges.
 * @example judgeWith('rolling-sigma', series, { sigmas: '2' })
 */
export function judgeWith(detectorId: string, series: Series, rawParams?: unknown, hints?: Hints): Judgement {
  const detector = findDetector(detectorId);
  if (!detector.grains.includes(series.grain))
    throw new AppError('INVALID', `The detector ${detector.id} does not judge series by ${series.grain}.`);
  return detector.judge(series, parseParams(detector, rawParams), hints);
}

/** The names of a detector's parameters. */
export function parameterNames(detector: Detector): string[] {
  const { shape } = detector.params as { readonly shape?: unknown };
  return Object.keys(typeof shape === 'object' && shape !== null ? shape : {});
}

/** Case, "-" and "_" in the names of parameters do not matter. */
function spelledRight(detector: Detector, raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const names = parameterNames(detector);
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [exactName(key, names) ?? key, value]));
}

function parametersOf(detector: Detector): string {
  const names = parameterNames(detector);
  return names.length > 0 ? `It has ${names.join(', ')}.` : 'It has no parameters.';
}
