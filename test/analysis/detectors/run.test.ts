import { expect, it } from 'vitest';
import { findDetector, judgeWith, parseParams } from '../../../src/analysis/detectors/run.ts';
import { days, many } from './series.ts';

it('names the detectors there are, and the one that was meant', () => {
  expect(() => findDetector('rollingsigma')).toThrowError('There is no detector "rollingsigma".');
  expect(() => findDetector('rollingsigma')).toThrowError(
    expect.objectContaining({
      code: 'INVALID',
      hint: expect.stringMatching(/^Did you mean rolling-sigma\? There are seasonal, static, /),
    }),
  );
});

it('names the parameter that is wrong, and those there are', () => {
  const detector = findDetector('rolling-sigma');
  const hint = 'It has sigmas, days.';
  const message = 'The parameter sigmas of the detector rolling-sigma is not a number from 0.1 to 100.';
  expect(() => parseParams(detector, { sigmas: 'three' })).toThrowError(
    expect.objectContaining({ code: 'INVALID', message, hint }),
  );
  expect(() => parseParams(detector, { sigmas: '' })).toThrowError(message);
  expect(() => parseParams(detector, { days: 2.5 })).toThrowError('a whole number from 3 to 730');
  expect(() => parseParams(detector, { sigma: 3 })).toThrowError('has no parameter "sigma"');
  expect(() => parseParams(detector, 'x')).toThrowError('are not a mapping');
});

it('takes text for numbers, and other spellings of a name', () => {
  expect(parseParams(findDetector('new-spend'), { 'quiet-days': '14', new_days: 2 })).toMatchObject({
    quietDays: 14,
    newDays: 2,
    historyDays: 7,
  });
});

it('judges with defaults for what is left out', () => {
  expect(judgeWith('static', days(...many(10, 4), 7)).upper[10]).toBe(6);
  expect(judgeWith('static', days(...many(10, 4), 7), { times: 2 }).upper[10]).toBe(8);
});
