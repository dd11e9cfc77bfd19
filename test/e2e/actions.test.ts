/** From "why did this jump" to "it is off", and back: the planted training that does not end, by hand, in the demo. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/sandbox/demo.ts';
import { rememberingLog } from '../temp-store.ts';
import { launchBrowser, openPage } from './browser.ts';

const SCREENSHOTS = resolve(import.meta.dirname, 'screenshots');
const CLI = resolve(import.meta.dirname, '../../src/cli.ts');
const PATIENCE = 90_000;
const run = promisify(execFile);
const log = rememberingLog();
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-actions-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const threads = ['--import', 'tsx'];
  demo = await startDemo({ dir, port: 0, now: Date.now, log, say: () => undefined, threads });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, troubles } = await openPage(browser, demo.url, { viewport: { width: 1400, height: 1200 } }));
  await page.getByTestId('channel-search').click();
});
afterEach(async () => {
  await page.context().close();
  expect(troubles).toEqual([]);
});

const root = (): Locator =>
  page
    .getByTestId('message')
    .filter({ hasText: /bert training .* above expected since/ })
    .first();
const modal = () => page.getByTestId('modal');
const thread = () => page.getByTestId('thread');
/** On the message about the anomaly, which is the first of the thread, and on the proposal's own. */
const undo = () => thread().getByRole('button', { name: /^Undo/ });
const shoot = (name: string) => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });

/** A dialog stays open on whatever page its person opens next. */
const closeDialog = () => modal().getByRole('button', { name: 'Close' }).first().click();

/** Opens the anomaly's thread as somebody. */
async function threadAs(person: string): Promise<void> {
  if (!(await page.getByTestId('me').innerText()).includes(person))
    await page.getByTestId(`person-${person}`).click();
  await page.getByTestId('channel-search').click();
  await root().getByTestId('thread-link').click();
  await thread().getByTestId('message').nth(1).waitFor();
}

/** Status and name of the runaway and of what was started for it, as SageMaker's stand-in tells them. */
function jobs(): { name: string; status: string }[] {
  const { sagemaker } = demo.cloud.standIns.aws.snapshot() as {
    sagemaker: Record<string, { kind: string; name: string; status: string }>;
  };
  return Object.values(sagemaker)
    .filter(({ kind, name }) => kind === 'training-job' && name.startsWith('bert-retrain'))
    .map(({ name, status }) => ({ name, status }));
}

const writes = () =>
  demo.cloud.standIns.aws.calls.filter(({ write }) => write).map(({ operation }) => operation);

/** As an auditor would, in a process of its own. */
async function auditVerify(): Promise<{ ok: boolean; entries: number }> {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', CLI, 'audit', 'verify', '--json', '--db', `file:${join(dir, 'pennywatch.db')}`],
    { cwd: resolve(import.meta.dirname, '../..') },
  );
  return JSON.parse(stdout);
}

describe('the runaway training', () => {
  it('was told to its owner, with a chart and what can be done', async () => {
    await root().getByText('Mira Chen').first().waitFor();
    const picture = root().locator('img[src*="files/"]').first();
    await picture.waitFor();
    for (const label of ['Approve spend…', 'Snooze…', 'Investigate', 'Shut down…'])
      expect(await root().getByRole('button', { name: label }).count(), label).toBe(1);
  });

  it.each([
    ['Snooze…', 'How long', 'snooze'],
    ['Approve spend…', 'Why', 'approve-spend'],
  ])('%s opens a dialog', async (button, field, name) => {
    await root().getByRole('button', { name: button }).click();
    await modal().getByLabel(field, { exact: false }).first().waitFor();
    await shoot(`dialog-${name}`);
    expect(await modal().innerText()).not.toMatch(/undefined|NaN|\[object|could not/);
    await modal().getByRole('button', { name: 'Cancel' }).click();
  });

  it('Investigate opens a dialog with what is behind it, down to the resource', async () => {
    await root().getByRole('button', { name: 'Investigate' }).click();
    await modal()
      .getByText(/bert-retrain-\d{8}/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await shoot('dialog-investigate');
    expect(await modal().innerText()).not.toMatch(/undefined|NaN|\[object|could not/);
    await closeDialog();
  });

  it('cannot be shut down by somebody of another team', async () => {
    await page.getByTestId('person-Lena Hoffmann').click();
    await page.getByTestId('channel-search').click();
    await root().getByRole('button', { name: 'Shut down…' }).click();
    await modal()
      .getByText(/You can't|You may not|You cannot/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await shoot('shut-down-refused');
    await closeDialog();
    expect(writes()).toEqual([]);
  });

  it('is asked to be shut down: the exact resource, who must approve, and why', async () => {
    await root().getByRole('button', { name: 'Shut down…' }).click();
    await modal().getByLabel('Reason').waitFor({ timeout: PATIENCE });
    const shown = await modal().innerText();
    expect(shown).toMatch(/bert-retrain-\d{8} · InProgress · \d+ (h|days) · \$\d+ a day · prod · Mira Chen/);
    expect(shown).toMatch(/arn:aws:sagemaker:us-east-1:730146285519:training-job\/bert-retrain-\d{8}/);
    expect(shown).toMatch(/Jon Park.* can approve it/);
    await shoot('dialog-shut-down');
    for (const label of await modal()
      .locator('label')
      .filter({ has: page.getByRole('checkbox') })
      .all())
      await label.getByRole('checkbox').setChecked(/bert-retrain/.test(await label.innerText()));
    await modal().getByLabel('Reason').fill('the retrain does not end');
    await page.getByTestId('modal-submit').click();
    await threadAs('Mira Chen');
    await thread()
      .getByText(/Mira Chen asks/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await shoot('proposal-waits');
    expect(writes()).toEqual([]);
    expect(jobs().map(({ status }) => status)).toEqual(['InProgress']);
  });

  it('is not approved by whoever asked for it', async () => {
    await threadAs('Mira Chen');
    await thread().getByRole('button', { name: 'Approve', exact: true }).click();
    await page
      .getByText(/you asked for it/i)
      .first()
      .waitFor({ timeout: PATIENCE });
    expect(writes()).toEqual([]);
  });

  it('stops once a second person approves, and the message says what came of it', async () => {
    await threadAs('Jon Park');
    await thread().getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.poll(() => jobs().map(({ status }) => status), { timeout: PATIENCE }).toEqual(['Stopped']);
    await thread()
      .getByText(/Done: stopped bert-retrain/i)
      .first()
      .waitFor({ timeout: PATIENCE });
    await undo().last().waitFor();
    expect(await thread().innerText()).toMatch(/Saving about \$\d+ a day/);
    expect(writes()).toEqual(['StopTrainingJob']);
    await shoot('proposal-done');
    await expect.poll(() => root().innerText(), { timeout: PATIENCE }).toMatch(/stopped/i);
  });

  it('is seen stopped on the page of the sample clouds', async () => {
    await page.goto(demo.cloudUrl);
    await page.getByRole('searchbox').fill('bert-retrain');
    await page.getByRole('cell', { name: 'Stopped' }).waitFor();
    await page.getByRole('cell', { name: 'StopTrainingJob' }).waitFor();
    await shoot('clouds-stopped');
  });

  it('left a record that is whole', async () => {
    const { ok, entries } = await auditVerify();
    expect(ok).toBe(true);
    expect(entries).toBeGreaterThan(5);
  });

  it('runs again when it is undone, as a new job from its checkpoint, once', async () => {
    await threadAs('Mira Chen');
    await undo().last().click();
    await expect
      .poll(() => jobs().map(({ status }) => status), { timeout: PATIENCE })
      .toEqual(['Stopped', 'InProgress']);
    await thread()
      .getByText(/It runs as the new job bert-retrain-\d{8}-again-/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await expect.poll(() => undo().count(), { timeout: PATIENCE }).toBe(0);
    // What runs again must not be told as stopped.
    await expect
      .poll(() => root().innerText(), { timeout: PATIENCE })
      .not.toMatch(/Stopped bert|saving about/);
    await shoot('proposal-undone');
    expect(writes()).toEqual(['StopTrainingJob', 'CreateTrainingJob']);
    expect((await auditVerify()).ok).toBe(true);
  });

  it('is in the list of what was done, and at home', async () => {
    await page.getByTestId('composer').fill('/cost actions');
    await page.getByTestId('composer').press('Enter');
    await page
      .getByTestId('message')
      .last()
      .getByText(/No proposal waits/)
      .waitFor({ timeout: PATIENCE });
    await shoot('actions');
    await page.getByTestId('channel-Pennywatch').click();
    await page.getByTestId('home').getByRole('heading').first().waitFor();
    await shoot('home-mine');
  });
});

it('logged no error on the way', () => {
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
