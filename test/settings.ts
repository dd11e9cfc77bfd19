/** Settings for tests: everything at its plainest, overridden where a test needs it. */
import type { Settings } from '../src/core/settings.ts';

export function settingsOf(overrides: Partial<Settings> = {}): Settings {
  return {
    organisation: 'Test',
    timeZone: 'UTC',
    weekStart: 'monday',
    currency: 'USD',
    fx: [],
    dimensions: [
      { dimension: 'team', tags: ['team'], values: {} },
      { dimension: 'model', tags: ['model'], values: {} },
      { dimension: 'stage', tags: ['stage'], values: {} },
      { dimension: 'environment', tags: ['env', 'environment'], values: {} },
    ],
    teams: [],
    models: [],
    budgets: [],
    rules: [],
    splits: [],
    reports: { enabled: true, day: 'monday', time: '09:00' },
    admins: [],
    storage: { resourceDays: 35 },
    sources: [],
    prices: [],
    ...overrides,
  };
}
