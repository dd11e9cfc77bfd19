/** The narrowest rule decides. */
import { expect, it } from 'vitest';
import { covers, isScope, planOf } from '../../../src/analysis/incidents/plan.ts';
import type { AnomalyRule } from '../../../src/core/analysis-settings.ts';
import { parseScope } from '../../../src/core/scope.ts';
import { slicePath } from '../../../src/core/scope-path.ts';
import { settingsOf } from '../../settings.ts';

const rule = (scope: string, changes: Partial<AnomalyRule> = {}): AnomalyRule => ({
  scope: parseScope(scope),
  mute: false,
  ...changes,
});
const { anomalies } = settingsOf();

it.each([
  ['org', [], true],
  ['org', ['a', 'm'], true],
  ['team:a', ['a', 'm', 'training'], true],
  ['team:a', [], false],
  ['model:m', ['b', 'm'], true],
  ['model:m/training', ['a', 'm', 'training', 'EC2'], true],
  ['model:m/training', ['a', 'm', 'inference'], false],
  ['service:EC2', ['a', 'm', 'training', 'EC2'], true],
  ['provider:AWS', ['a'], false],
] as const)('%s covers %j: %s', (scope, path, expected) => {
  expect(covers(parseScope(scope), path)).toBe(expected);
});

it('slices are covered by what names them, and are what it says', () => {
  const aws = slicePath('provider', 'AWS');
  expect(covers(parseScope('provider:AWS'), aws)).toBe(true);
  expect(isScope(parseScope('provider:AWS'), aws)).toBe(true);
  expect(isScope(parseScope('model:m'), ['a', 'm'])).toBe(true);
  expect(isScope(parseScope('model:m'), ['a', 'm', 'training'])).toBe(false);
});

it('without a rule the settings decide', () => {
  expect(planOf(anomalies, ['a'])).toMatchObject({ detector: 'seasonal', mute: false, minimumShare: 0.2 });
});

it('of several rules the narrowest decides alone', () => {
  const rules = [
    rule('model:m/training', { minimumShare: 0.5 }),
    rule('team:a', { detector: 'static', params: { limit: '100' }, mute: true }),
    rule('model:m', { direction: 'both' }),
  ];
  const settings = { ...anomalies, rules };
  expect(planOf(settings, ['a', 'm', 'training', 'EC2'])).toMatchObject({
    minimumShare: 0.5,
    direction: 'up',
    mute: false,
    detector: 'seasonal',
  });
  expect(planOf(settings, ['a', 'm', 'data'])).toMatchObject({ direction: 'both', minimumShare: 0.2 });
  expect(planOf(settings, ['a', 'n'])).toMatchObject({ detector: 'static', mute: true });
});

it('parameters of one detector are not given to another', () => {
  const settings = { ...anomalies, params: { weeks: '4' }, rules: [rule('team:a', { detector: 'static' })] };
  expect(planOf(settings, ['a']).params).toEqual({});
  expect(planOf(settings, ['b']).params).toEqual({ weeks: '4' });
});
