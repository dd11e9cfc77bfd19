/** Checks which detector anomalies and their rules name, and what they write for its parameters. */
import { detectors } from '../analysis/detectors/registry.ts';
import { findDetector, parseParams } from '../analysis/detectors/run.ts';
import { AppError } from '../core/errors.ts';
import { closest } from './closest.ts';
import type { Part } from './draft.ts';
import { mismatch } from './problem.ts';
import type { Finding } from './shape.ts';

/** The detector that `part` names, or `usual`, must exist and take these parameters. */
export function checkDetector(part: Part, usual: string): Finding[] {
  const said = part.said('detector');
  const ids = detectors.map(({ id }) => id);
  if (said && !ids.includes(said.text)) {
    const expected = `one of ${ids.join(', ')}`;
    return [{ path: said.path, message: mismatch(said.text, expected, closest(said.text, ids)) }];
  }
  const detector = said?.text ?? (ids.includes(usual) ? usual : undefined);
  return detector === undefined ? [] : [...paramsOf(detector, part), ...rateOf(detector, part)];
}

function paramsOf(detector: string, part: Part): Finding[] {
  const params = part.raw('params');
  // Of another shape it is told already.
  if (typeof params !== 'object' || params === null) return [];
  try {
    parseParams(findDetector(detector), params);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = [error.message.replace(/\.$/, ''), error.hint].filter(Boolean).join('; ');
    return [{ path: [...part.path, 'params'], message }];
  }
}

/** The detector of unit prices needs to know what a unit is. */
function rateOf(detector: string, part: Part): Finding[] {
  if (detector !== 'rate' || part.said('per')) return [];
  return [
    {
      path: [...part.path, 'detector'],
      message: 'the detector rate judges a unit price: write what it is per, for example per: requests',
    },
  ];
}
