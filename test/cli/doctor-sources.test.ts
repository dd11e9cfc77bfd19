/** Doctor asks the other side of each configured source, and counts what that costs. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sourcesToCheck } from '../../src/cli/doctor-sources.ts';
import { defaultSource } from '../../src/config.ts';
import { type DoctorCheck, doctor } from '../../src/flows/doctor.ts';
import { openStore } from '../../src/store/open.ts';
import { settingsOf } from '../settings.ts';
import { findStandIn } from '../sources/stand-in/find.ts';
import type { StandIn } from '../sources/stand-in/server.ts';
import { NOW, TODAY, truthOf } from '../sources/stand-in/truth-of.ts';

const KIND = 'aws-cost-explorer';
let dir: string;
let standIn: StandIn;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  standIn = await (await findStandIn(KIND))();
  standIn.bill(truthOf(KIND));
  for (const [name, value] of Object.entries(standIn.variables)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
  await standIn.close();
});

async function check(databaseUrl: string): Promise<DoctorCheck | undefined> {
  const settings = settingsOf({ sources: [{ ...defaultSource(KIND), options: standIn.options }] });
  const now = () => Date.parse(NOW);
  const sources = sourcesToCheck({ settings, databaseUrl, now });
  const report = await doctor({ now, config: { settings }, databaseUrl, platforms: [], sources });
  return report.checks.find(({ id }) => id === `source-${KIND}-access`);
}

test('a source that answers is ok; its request is counted with its price', async () => {
  const url = `file:${join(dir, 'test.db')}`;
  await (await openStore(url)).$disconnect();
  expect(await check(url)).toMatchObject({ status: 'ok' });
  const store = await openStore(url);
  const [counted] = await store.sourceRequests.findMany();
  expect(counted).toMatchObject({ source: KIND, day: TODAY, requests: standIn.requests.length, failed: 0 });
  expect(counted?.costMicros).toBe(BigInt(standIn.requests.length) * 10_000n);
  await store.$disconnect();
});

test('one that refuses fails with what to do; without a database nothing is counted and none is made', async () => {
  standIn.revoke(true);
  const found = await check(`file:${join(dir, 'nowhere.db')}`);
  expect(found).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining(`pennywatch permissions ${KIND}`),
  });
  expect(existsSync(join(dir, 'nowhere.db'))).toBe(false);
});
