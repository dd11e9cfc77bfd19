/** The demo in Microsoft's own local Teams client: answers, anomalies, Snooze, and Shut down with somebody's approval. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/sandbox/demo.ts';
import { TEAMS_PEOPLE } from '../../src/sandbox/sample-org/teams.ts';
import { rememberingLog } from '../temp-store.ts';
import { launchBrowser, openPage } from './browser.ts';
import { openTeams, pictureIn, type TeamsPage } from './teams-page.ts';

const SCREENSHOTS = resolve(import.meta.dirname, 'screenshots');
const PATIENCE = 60_000;
const log = rememberingLog();
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-teams-'));
let demo: Demo;
let browser: Browser;
/** Each has a page of their own, in which the channel of team Search is open. */
let mira: TeamsPage;
let jon: TeamsPage;
let lena: TeamsPage;

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launchBrowser();
  const threads = ['--import', 'tsx'];
  demo = await startDemo({
    ...{ dir, port: 0, teams: { port: 0 }, now: Date.now, log, say: () => undefined, threads },
  });
  [mira, jon, lena] = await Promise.all([pageOf('mira'), pageOf('jon'), pageOf('lena')]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(dir, { recursive: true, force: true });
});
afterEach(() => {
  expect([mira, jon, lena].flatMap(({ troubles }) => troubles)).toEqual([]);
});

const pageOf = (person: string, width = 1280): Promise<TeamsPage> =>
  openTeams(browser, demo.teams?.pageOf(person) ?? '', { viewport: { width, height: 1300 } });

/** Shows the card and takes a picture of the page. */
async function shoot(card: Locator, name: string): Promise<void> {
  await card.scrollIntoViewIfNeeded();
  await card.page().screenshot({ path: join(SCREENSHOTS, `teams-${name}.png`) });
}

const anomaly = ({ cards }: TeamsPage) => cards(/bert training on .* above expected since/).first();
const request = ({ cards }: TeamsPage) => cards(/Stop bert-retrain-\d{8}/).last();
const button = (card: Locator, name: string) => card.getByRole('button', { name, exact: true });

/** Of the training that does not end, as SageMaker's stand-in tells it. */
function statuses(): string[] {
  const { sagemaker } = demo.cloud.standIns.aws.snapshot() as {
    sagemaker: Record<string, { kind: string; name: string; status: string }>;
  };
  return Object.values(sagemaker)
    .filter(({ kind, name }) => kind === 'training-job' && name.startsWith('bert-retrain'))
    .map(({ status }) => status);
}

describe('a personal chat', () => {
  it('greets, and answers "cost model bert" with figure, owner, table and chart', async () => {
    await mira
      .cards(/search: \$[\d,]+ /)
      .first()
      .waitFor();
    await mira.say('cost model bert');
    const card = mira.cards(/bert: \$[\d,]+ in the last 30 days/).last();
    await card.waitFor({ timeout: PATIENCE });
    await card.getByText('Mira Chen').first().waitFor();
    await card.getByText('training', { exact: true }).first().waitFor();
    const { width, alt } = await pictureIn(card);
    expect(width).toBeGreaterThan(0);
    expect(alt).toMatch(/^bert cost .* than the 30 days before\. Total \$/);
    await shoot(card, 'model-bert');
  });

  it('is readable on a narrow screen', async () => {
    const narrow = await pageOf('mira', 400);
    const card = narrow.cards(/bert: \$[\d,]+ in the last 30 days/).last();
    await card.waitFor({ timeout: PATIENCE });
    await narrow.closeLog();
    expect((await pictureIn(card)).width).toBeGreaterThan(0);
    await card.screenshot({ path: join(SCREENSHOTS, 'teams-model-bert-narrow.png') });
    await narrow.page.context().close();
  });
});

describe('the anomaly in the channel of its team', () => {
  it('was posted by itself, with a chart, its owner and what can be done', async () => {
    await Promise.all([mira, jon, lena].map(({ go }) => go('Search')));
    const card = anomaly(mira);
    await card.getByText('Mira Chen').first().waitFor();
    expect((await pictureIn(card)).width).toBeGreaterThan(0);
    for (const label of ['Approve spend…', 'Snooze…', 'Investigate', 'Shut down…'])
      expect(await button(card, label).count(), label).toBe(1);
    await shoot(card, 'anomaly');
  });

  it('cannot be shut down by somebody of another team, who is told why and who can', async () => {
    await button(anomaly(lena), 'Shut down…').click();
    const refusal = lena.cards(/You can't|You may not|You cannot/).first();
    await refusal.waitFor({ timeout: PATIENCE });
    expect(await refusal.innerText()).toMatch(/Mira Chen|search/i);
    await shoot(refusal, 'refused');
    // Nobody else sees it, and she sees the message itself again when she goes back.
    expect(await lena.cards(/bert training on .* above expected since/).count()).toBe(0);
    expect(await anomaly(mira).count()).toBe(1);
    await button(refusal, 'Back').click();
    await anomaly(lena).waitFor({ timeout: PATIENCE });
    expect(statuses()).toEqual(['InProgress']);
  });

  it('is snoozed with a form, and then says so to everybody and in Slack', async () => {
    await button(anomaly(mira), 'Snooze…').click();
    const form = mira.cards(/How long/).first();
    await form.getByLabel('Why').fill('Tomás looks at it');
    await shoot(form, 'snooze-form');
    await button(form, 'Snooze').click();
    for (const page of [mira, jon]) {
      await page
        .cards(/Snoozed, .*bert training/)
        .first()
        .waitFor({ timeout: PATIENCE });
      expect(await anomaly(page).innerText()).toMatch(/Snoozed until .* by Mira Chen, .*: Tomás looks at it/);
    }
    await shoot(anomaly(mira), 'snoozed');
    await slackShows(/Snoozed, .*bert training/i, 'snoozed');
  });
});

describe('Shut down', () => {
  it('is asked for with a form that names the exact resource and who must approve', async () => {
    await button(anomaly(mira), 'Shut down…').click();
    const form = mira.cards(/Reason/).first();
    await form.getByLabel('Reason').waitFor({ timeout: PATIENCE });
    expect(await form.innerText()).toMatch(/training-job\/bert-retrain-\d{8}/);
    expect(await form.innerText()).toMatch(/Jon Park.* can approve it/);
    for (const box of await form.getByRole('checkbox').all())
      await box.setChecked(/bert-retrain/.test((await box.getAttribute('aria-label')) ?? ''));
    await form.getByLabel('Reason').fill('the retrain does not end');
    await shoot(form, 'shut-down-form');
    await form.getByRole('button', { name: /^Request/ }).click();
    await mira
      .cards(/Mira Chen asks/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await anomaly(mira).waitFor({ timeout: PATIENCE });
    await shoot(request(mira), 'proposal-waits');
    expect(statuses()).toEqual(['InProgress']);
  });

  it('is not offered to whoever asked for it, nor to somebody without the right', async () => {
    for (const page of [mira, lena]) {
      const card = request(page);
      await card.waitFor({ timeout: PATIENCE });
      await button(card, 'Details').click();
      await expect.poll(() => button(request(page), 'Back').count(), { timeout: PATIENCE }).toBe(1);
      expect(await button(request(page), 'Approve').count()).toBe(0);
      await button(request(page), 'Back').click();
      await expect.poll(() => button(request(page), 'Back').count(), { timeout: PATIENCE }).toBe(0);
    }
  });

  it('is offered to an approver, whose button does nothing in the hands of whoever asked for it', async () => {
    await button(request(jon), 'Approve').waitFor({ timeout: PATIENCE });
    await shoot(request(jon), 'approver');
    const [asker, approver] = TEAMS_PEOPLE;
    await jon.page.route('**/_conversation/v1/invoke', (route) => {
      const sent = route.request().postData() ?? '';
      return route.continue({ postData: sent.replace(approver?.userId ?? '-', asker?.userId ?? '-') });
    });
    await button(request(jon), 'Approve').click();
    await jon
      .cards(/you asked for it/i)
      .first()
      .waitFor({ timeout: PATIENCE });
    await jon.page.unrouteAll({ behavior: 'wait' });
    expect(statuses()).toEqual(['InProgress']);
    await button(jon.cards(/you asked for it/i).first(), 'Back').click();
    await button(request(jon), 'Approve').waitFor({ timeout: PATIENCE });
  });

  it('stops once a second person approves; message and Slack say what came of it', async () => {
    await button(request(jon), 'Approve').click();
    await expect.poll(statuses, { timeout: PATIENCE }).toEqual(['Stopped']);
    const done = mira.cards(/Done: stopped bert-retrain/i).first();
    await done.waitFor({ timeout: PATIENCE });
    await shoot(done, 'proposal-done');
    await expect.poll(() => anomaly(mira).innerText(), { timeout: PATIENCE }).toMatch(/Stopped bert-retrain/);
    await shoot(anomaly(mira), 'anomaly-stopped');
    await slackShows(/Stopped bert-retrain/, 'stopped');
  });

  it('logged no error on the way', () => {
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

/** The message about the same anomaly in the channel of the workspace. */
async function slackShows(words: RegExp, name: string): Promise<void> {
  const { page } = await openPage(browser, demo.url, { viewport: { width: 1280, height: 1000 } });
  await page.getByTestId('channel-search').click();
  const root = page.getByTestId('message').filter({ hasText: /bert training on .* above expected since/ });
  await expect.poll(() => root.first().innerText(), { timeout: PATIENCE }).toMatch(words);
  await root.first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(SCREENSHOTS, `teams-in-slack-${name}.png`) });
  await page.context().close();
}
