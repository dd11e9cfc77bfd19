/** The demo as a newcomer sees it: the real app, the sample organisation's bills, a real browser. */
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
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-demo-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  demo = await startDemo({
    dir,
    port: 0,
    now: Date.now,
    log,
    say: () => undefined,
    threads: ['--import', 'tsx'],
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, troubles } = await openPage(browser, demo.url, { viewport: { width: 1280, height: 1000 } }));
  await page.getByTestId('channel-search').click();
});
afterEach(async () => {
  await page.context().close();
  expect(troubles).toEqual([]);
});

const last = (): Locator => page.getByTestId('message').last();

async function type(text: string): Promise<void> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
}

async function picture(message: Locator): Promise<{ width: number; alt: string | null }> {
  const image = message.locator('img[src*="files/"]').first();
  await image.waitFor();
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth))
    .toBe(1800);
  return { width: 1800, alt: await image.getAttribute('alt') };
}

describe('the demo', () => {
  it('answers /cost model bert with figure, owner, table and chart', async () => {
    const asked = Date.now();
    await type('/cost model bert');
    await last()
      .getByText(/^bert: \$[\d,]+ in the last 30 days$/)
      .waitFor();
    await last().getByText('Mira Chen').waitFor();
    await last().getByRole('cell', { name: 'training' }).waitFor();
    const chart = await picture(last());
    process.stdout.write(`/cost model bert: everything shown after ${Date.now() - asked} ms\n`);
    expect(chart.alt).toMatch(/^bert cost .* than the 30 days before\. Total \$/);
    await page.screenshot({ path: join(SCREENSHOTS, 'model-bert.png') });
  });

  it('has a live source: a bucket that was polled and will be again', async () => {
    await type('/cost sources');
    await last()
      .getByText(/^\d sources, all up to date$/)
      .waitFor();
    await last()
      .getByText(/next poll .*requests today.*history back to/)
      .waitFor();
    await last().getByRole('button', { name: 'aws', exact: true }).click();
    await last().getByText('aws – fresh').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'sources.png') });
  });

  it('offers the model that was meant, and answers the click in place', async () => {
    await type('/cost model bret');
    await last().getByText("I don't know a model called").waitFor();
    const messages = await page.getByTestId('message').count();
    await last().getByRole('button', { name: 'bert', exact: true }).click();
    await last()
      .getByText(/^bert: \$/)
      .waitFor();
    await picture(last());
    expect(await page.getByTestId('message').count()).toBe(messages);
  });

  it('shares an answer that somebody else then sees', async () => {
    await type('/cost team search last month');
    await last()
      .getByText(/^search: \$[\d,]+ last month/)
      .waitFor();
    await picture(last());
    await last().getByRole('button', { name: 'Share in channel' }).click();
    await page.getByText(/shared \/cost team search last month/).waitFor();
    await page.getByTestId('person-Tomás Oliveira').click();
    await page.getByTestId('channel-search').click();
    await page.getByText(/shared \/cost team search last month/).waitFor();
    expect(await page.getByText('Only visible to you').count()).toBe(0);
  });

  it('asks again through the dialog', async () => {
    await type('/cost model bert');
    await last()
      .getByText(/^bert: \$/)
      .waitFor();
    await picture(last());
    await last().getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByTestId('modal');
    await dialog.getByLabel('Time', { exact: true }).selectOption('last month');
    await dialog.getByLabel('Currency').fill('eur');
    await page.getByTestId('modal-submit').click();
    await last()
      .getByText(/^bert: €[\d,]+ last month/)
      .waitFor();
  });

  it.each([
    'help',
    'top',
    'coverage',
    'sources',
    'service all mtd',
    'model all by provider',
    'team platform by environment',
  ])('answers /cost %s', async (text) => {
    const before = await page.getByTestId('message').count();
    await type(`/cost ${text}`);
    await expect.poll(() => page.getByTestId('message').count()).toBe(before + 1);
    await last().getByRole('button').first().or(last().getByRole('table')).first().waitFor();
    expect(await last().innerText()).not.toMatch(
      /undefined|NaN|\[object|failed with the error|could not answer/,
    );
    await page.screenshot({ path: join(SCREENSHOTS, `${text.replaceAll(' ', '-')}.png`) });
  });

  it('found the planted runaway: bert is named as what rose most in search', async () => {
    await type('/cost team search 7d');
    await last()
      .getByText(/^search: .* last 7 days$/)
      .waitFor();
    expect(await last().innerText()).toMatch(/Why: [^;]*bert \+\$/);
  });

  it('answers plain words in a thread, and remembers what it answered', async () => {
    await type('/invite @Pennywatch');
    await last()
      .getByText(/^Pennywatch (has joined|is already in) this channel\.$/)
      .waitFor();
    const composer = page.getByTestId('composer');
    await composer.pressSequentially('@penny');
    await page.getByTestId('name-menu').getByRole('option', { name: 'Pennywatch' }).waitFor();
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('@Pennywatch ');
    await composer.pressSequentially('model bert last month');
    await composer.press('Enter');
    await last().getByText('1 reply').waitFor();
    await last().getByTestId('thread-link').click();
    const answer = page.getByTestId('thread').getByTestId('message').last();
    await answer.getByText(/^bert: \$[\d,]+ last month/).waitFor();
    expect((await picture(answer)).alt).toMatch(/bert/);
    expect(await answer.getByText('Only visible to you').count()).toBe(0);
    await page.screenshot({ path: join(SCREENSHOTS, 'plain-words.png') });
  });

  it('opens at its home, whose buttons answer over it, and takes direct messages', async () => {
    await page.getByTestId('channel-Pennywatch').click();
    const home = page.getByTestId('home');
    await home.getByRole('heading').first().waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'home.png') });
    await home.getByRole('button', { name: 'Help', exact: true }).click();
    const dialog = page.getByTestId('modal');
    await dialog.getByRole('button').nth(2).waitFor();
    expect(await dialog.innerText()).not.toMatch(/could not answer/);
    await page.screenshot({ path: join(SCREENSHOTS, 'home-answer.png') });
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await page.getByRole('tab', { name: 'Messages' }).click();
    await type('team search last week');
    await last()
      .getByText(/^search: \$[\d,]+ last week/)
      .waitFor();
    await picture(last());
  });

  it('pins a message, and shares the answer to one in its thread', async () => {
    await type('model bert last week');
    // The message itself, not whichever is the last while it is on its way.
    const asked = page.locator('[data-ephemeral="false"]', { hasText: 'model bert last week' }).last();
    await asked.hover();
    await asked.getByTestId('message-menu').click();
    await page.getByRole('menuitem', { name: 'Pin to weekly' }).click();
    await last().getByText('Only visible to you').waitFor();
    expect(await last().innerText()).not.toMatch(/could not answer/);
    await asked.hover();
    await asked.getByTestId('message-menu').click();
    await page.getByRole('menuitem', { name: 'Share answer' }).click();
    await asked.getByText('1 reply').waitFor();
    await asked.getByTestId('thread-link').click();
    await page
      .getByTestId('thread')
      .getByText(/^bert: \$[\d,]+ last week/)
      .waitFor();
  });

  it('is usable on a phone and in the dark', async () => {
    const phone = await openPage(browser, demo.url, {
      viewport: { width: 400, height: 800 },
      colorScheme: 'dark',
    });
    await phone.page.getByTestId('composer').fill('/cost model bert');
    await phone.page.getByTestId('composer').press('Enter');
    await phone.page
      .getByTestId('message')
      .last()
      .getByText(/^bert: \$/)
      .waitFor();
    await phone.page.getByTestId('message').last().locator('img[src*="files/"]').first().waitFor();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    await phone.page.screenshot({ path: join(SCREENSHOTS, 'phone-dark.png') });
    expect(phone.troubles).toEqual([]);
    await phone.page.context().close();
  });

  it('logged no error on the way', () => {
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
