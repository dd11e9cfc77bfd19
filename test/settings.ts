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
    anomalies: {
      enabled: true,
      detector: 'seasonal',
      params: {},
      direction: 'up',
      minimumImpactMicros: 25_000_000n,
      minimumShare: 0.2,
      minimumDays: 1,
      severity: { medium: 100_000_000n, high: 500_000_000n, critical: 2_000_000_000n },
      notify: 'medium',
      renotifyHours: 48,
      escalateHours: 12,
      rules: [],
    },
    budgetAlerts: { thresholds: [50, 75, 80, 90, 100], forecast: true, approvers: [] },
    slos: [],
    ...overrides,
  };
}
