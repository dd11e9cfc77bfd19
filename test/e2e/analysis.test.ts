/** What stands out, why, and what will be: asked in the demo by hand, as its people would. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/sandbox/demo.ts';
import { rememberingLog } from '../temp-store.ts';
import { launchBrowser, openPage } from './browser.ts';

const SCREENSHOTS = resolve(import.meta.dirname, 'screenshots');
const log = rememberingLog();
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-analysis-'));
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
  ({ page, troubles } = await openPage(browser, demo.url, { viewport: { width: 1280, height: 1400 } }));
  await page.getByTestId('channel-search').click();
});
afterEach(async () => {
  await page.context().close();
  expect(troubles).toEqual([]);
});

const last = (): Locator => page.getByTestId('message').last();

/** Types a command and gives its answer. */
async function ask(command: string): Promise<Locator> {
  const before = await page.getByTestId('message').count();
  await page.getByTestId('composer').fill(`/cost ${command}`);
  await page.getByTestId('composer').press('Enter');
  await expect.poll(() => page.getByTestId('message').count(), { timeout: 20_000 }).toBe(before + 1);
  return last();
}

async function chartOf(message: Locator): Promise<string> {
  const image = message.locator('img[src*="files/"]').first();
  await image.waitFor();
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth), {
      timeout: 20_000,
    })
    .toBe(1800);
  return (await image.getAttribute('alt')) ?? '';
}

async function shown(message: Locator, name: string): Promise<string> {
  const text = await message.innerText();
  expect(text).not.toMatch(/undefined|NaN|\[object|failed with the error|could not answer/);
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  return text;
}

describe('what stands out', () => {
  it('was told in the channel of the team: the runaway training, with its owner and the reason', async () => {
    const told = page
      .getByTestId('message')
      .filter({ hasText: /High: bert training .* above expected since/ });
    await told.first().waitFor();
    expect(await chartOf(told.first())).toMatch(/Marked as anomaly/);
    const text = await told.first().innerText();
    expect(text).toContain('Mira Chen');
    expect(text).toMatch(/looks like a job that does not end/);
    await shown(told.first(), 'anomaly-told');
  });

  it('is listed, explained with a picture, taken, and opened again', async () => {
    const list = await ask('anomalies');
    await list.getByRole('cell', { name: /bert training/ }).waitFor();
    await shown(list, 'anomalies');
    await list
      .getByRole('button', { name: /^Why ANM-/ })
      .first()
      .click();
    await last().getByText('Why:').waitFor();
    expect(await chartOf(last())).toMatch(/bert training/);
    expect(await shown(last(), 'why')).toMatch(/ml\.p4d\.24xlarge/);
    await last().getByRole('button', { name: 'I take it' }).click();
    await last()
      .getByText(/Acknowledged by Mira Chen/)
      .waitFor();
    await last().getByRole('button', { name: 'Open it again' }).click();
    await last()
      .getByText(/Open since/)
      .first()
      .waitFor();
  });

  it('may not be settled by somebody of another team', async () => {
    await page.getByTestId('person-Lena Hoffmann').click();
    await page.getByTestId('channel-general').click();
    const id = (
      await (await ask('anomalies')).getByRole('cell', { name: /bert training/ }).innerText()
    ).split(' ')[0];
    const refused = await ask(`anomaly ${id} false-alarm`);
    await refused.getByText(/You can't decide about an anomaly/).waitFor();
  });

  it('can be tried with other rules before they are switched on', async () => {
    const tried = await ask('backtest 90d detector static');
    await tried.getByText(/^Static: \d+ messages in 90 days instead of \d+$/).waitFor();
    await shown(tried, 'backtest');
  });
});

describe('what will be', () => {
  it('is foreseen with a fan', async () => {
    const answer = await ask('forecast model bert');
    await answer.getByText(/^bert: \$[\d,]+ by \d+ \w+ \(80 %: /).waitFor();
    expect(await chartOf(answer)).toMatch(/bert/);
    await shown(answer, 'forecast');
  });

  it('is held against budgets that contain one another', async () => {
    const all = await ask('budget');
    await all.getByRole('cell', { name: /bert/ }).first().waitFor();
    await shown(all, 'budget');
    const one = await ask('budget model:bert');
    expect(await chartOf(one)).toMatch(/budget/i);
    await shown(one, 'budget-bert');
  });

  it('is promised in SLOs, and broken by the dearer model', async () => {
    const list = await ask('slo');
    await list.getByText('🔴 missed').first().waitFor();
    await shown(list, 'slo');
    const one = await ask('slo bert-inference');
    await one.getByText(/the SLO is met$/).waitFor();
    expect(await chartOf(one)).toMatch(/per 1k requests/);
    await shown(one, 'slo-bert');
  });

  it('is planned, drawn, and taken back', async () => {
    const made = await ask('plan model:bert/training 5000 tomorrow retrain');
    await made.getByText(/^Planned: \$5,000 for bert training/).waitFor();
    expect(await chartOf(made)).toMatch(/bert training/);
    await shown(made, 'plan');
    await made.getByRole('button', { name: 'Take it back' }).click();
    await last()
      .getByText(/is taken back/)
      .waitFor();
    const list = await ask('plan');
    await list.getByText('retrain for the Spanish market').waitFor();
  });
});

it('logged no error on the way', () => {
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
