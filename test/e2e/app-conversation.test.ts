/** The app's own place in the page, names while typing, and a message's menu; with a small Bolt app behind it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startWorkspace, type TestWorkspace } from '../sandbox/workspace.ts';
import { launchBrowser, openPage } from './browser.ts';

let browser: Browser;
let workspace: TestWorkspace;
let page: Page;
let troubles: string[];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  workspace = await startWorkspace({ ackTimeoutMs: 300 });
  ({ page, troubles } = await openPage(browser, workspace.url));
});
afterEach(async () => {
  await page.context().close();
  await workspace.stop();
  expect(troubles).toEqual([]);
});

it('opens at the home, shows what the app publishes, and marks new messages', async () => {
  const visits: string[] = [];
  workspace.app.event('app_home_opened', async ({ event, client }) => {
    visits.push(event.user);
    const text = { type: 'plain_text', text: `Visit ${visits.length}` } as const;
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text }] },
    });
  });
  await page.getByTestId('channel-Pennywatch').click();
  await page.getByTestId('home').getByText('Visit 1').waitFor();
  const { channel } = await workspace.client.conversations.open({ users: 'UMIRA' });
  await workspace.client.chat.postMessage({ channel: channel?.id ?? '', text: 'a word with you' });
  await page.getByTitle('New messages').waitFor();
  await page.getByRole('tab', { name: 'Messages' }).click();
  await page.getByText('a word with you').waitFor();
  await page.goBack();
  await page.getByTestId('home').getByText('Visit 2').waitFor();
  expect(await page.getByTitle('New messages').count()).toBe(0);
  await page.getByTestId('person-Jon Park').click();
  await page.getByTestId('channel-Pennywatch').click();
  await page.getByTestId('home').getByText('Visit 3').waitFor();
  expect(visits).toEqual(['UMIRA', 'UMIRA', 'UJON']);
});

it('completes names where the cursor is, and the mention reaches the app', async () => {
  const heard: string[] = [];
  workspace.app.event('app_mention', async ({ event, client }) => {
    heard.push(event.text);
    await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'here' });
  });
  await page.getByTestId('channel-general').click();
  const composer = page.getByTestId('composer');
  await composer.fill('what does  spend?');
  for (let step = 0; step < ' spend?'.length; step += 1) await composer.press('ArrowLeft');
  await composer.pressSequentially('@pa');
  await page.getByTestId('name-menu').getByRole('option', { name: 'Jon Park' }).waitFor();
  await composer.press('Enter');
  expect(await composer.inputValue()).toBe('what does @Jon Park spend?');
  await page.getByRole('button', { name: 'Mention Pennywatch' }).click();
  await composer.press('Enter');
  await page.getByText('1 reply').waitFor();
  expect(heard).toEqual(['<@UBOT> what does <@UJON> spend?']);
});

it('offers the shortcuts of the app for a message, and says when they fail', async () => {
  const seen: string[] = [];
  workspace.app.shortcut('pennywatch_pin', async ({ ack, shortcut, respond }) => {
    await ack();
    if (shortcut.type === 'message_action') seen.push(shortcut.message.text ?? '');
    await respond({ text: 'Pinned.' });
  });
  await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'bert doubled' });
  await page.getByTestId('channel-general').click();
  const message = page.getByTestId('message').filter({ hasText: 'bert doubled' });
  const choose = async (name: string) => {
    await message.hover();
    await message.getByTestId('message-menu').click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Pin to weekly');
  await page.getByText('Pinned.').waitFor();
  expect(seen).toEqual(['bert doubled']);
  await choose('Share answer');
  await message.getByRole('alert').getByText('Pennywatch').waitFor();
});
