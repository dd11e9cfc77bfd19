import { expect, test } from 'vitest';
import { usageSources } from '../../src/usage/registry.ts';

test.each(usageSources.map((source) => [source.id, source] as const))(
  '%s says what it is and needs',
  async (_, source) => {
    expect(source.title).not.toBe('');
    expect(source.permissions.length).toBeGreaterThan(0);
    expect(source.settings.safeParse({}).success).toBe(false);
    expect(await source.check({ files: ['/nowhere/usage.csv'] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('/nowhere/usage.csv'),
    });
  },
);
