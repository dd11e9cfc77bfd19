import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sources } from '../../src/sources/registry.ts';

test('every folder is a registered source, named by its id', () => {
  const folders = readdirSync(fileURLToPath(new URL('../../src/sources', import.meta.url)), {
    withFileTypes: true,
  })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(sources.map((source) => source.id).sort()).toEqual(folders.sort());
});

test.each(sources.map((source) => [source.id, source] as const))(
  '%s says what it is and needs',
  async (_, source) => {
    expect(source.title).not.toBe('');
    expect(source.permissions.length).toBeGreaterThan(0);
    expect(source.settings.safeParse({}).success).toBe(false);
    expect(await source.check({ files: ['/nowhere/bill.csv'] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('/nowhere/bill.csv'),
    });
  },
);
