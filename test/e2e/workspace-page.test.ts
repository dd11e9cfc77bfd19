/** The workspace's page in a real browser, with a small Bolt app behind it. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PNG, startWorkspace, type TestWorkspace } from '../sandbox/workspace.ts';
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
  workspace = await startWorkspace({ ackTimeoutMs: 300, fileProcessingMs: 0 });
  ({ page, troubles } = await openPage(browser, workspace.url));
  await page.getByTestId('channel-general').click();
});
afterEach(async () => {
  await page.context().close();
  await workspace.stop();
  expect(troubles).toEqual([]);
});

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const cell = (text: string) => ({ type: 'raw_text', text }) as const;
const button = (action_id: string, text: string, more = {}) => ({
  type: 'button',
  action_id,
  text: plain(text),
  ...more,
});
const post = (blocks: object[]) => workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', blocks });
const last = (): Locator => page.getByTestId('message').last();

async function say(text: string): Promise<void> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
}

async function visible(locator: Locator): Promise<void> {
  await locator.first().waitFor();
}

describe('typing', () => {
  it('completes commands, sends them, and recalls the last one', async () => {
    workspace.app.command('/cost', ({ ack, command }) => ack(`You asked: ${command.text}`));
    const composer = page.getByTestId('composer');
    await composer.pressSequentially('/c');
    await visible(page.getByTestId('command-menu').getByText('model bert | help'));
    await composer.press('Tab');
    await composer.pressSequentially('model bert');
    await composer.press('Enter');
    await visible(last().getByText('You asked: model bert'));
    await visible(last().getByText('Only visible to you'));
    await composer.press('ArrowUp');
    expect(await composer.inputValue()).toBe('/cost model bert');
  });

  it('breaks lines with Shift-Enter, and shows text as text', async () => {
    const composer = page.getByTestId('composer');
    await composer.pressSequentially('one');
    await composer.press('Shift+Enter');
    await composer.pressSequentially('<b>two</b> <!channel> @Jon Park');
    await composer.press('Enter');
    await visible(last().getByText('<b>two</b>'));
    await visible(last().locator('.mention', { hasText: '@Jon Park' }));
    await visible(last().getByText('<!channel>'));
    expect(await last().locator('b').count()).toBe(0);
  });

  it('offers examples in an empty channel', async () => {
    workspace.app.command('/cost', ({ ack, command }) => ack(`Help for ${command.text}`));
    await page.getByTestId('example').filter({ hasText: '/cost help' }).click();
    await visible(last().getByText('Help for help'));
  });

  it('says that the app did not answer', async () => {
    let release = () => {};
    workspace.app.command(
      '/cost',
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    await say('/cost slow');
    await visible(last().getByText('failed with the error "operation_timeout"'));
    release();
  });
});

describe('people', () => {
  it('see only what is theirs, one click away', async () => {
    workspace.app.command('/cost', ({ ack }) => ack('for Mira only'));
    await say('/cost top');
    await visible(page.getByText('for Mira only'));
    await page.getByTestId('person-Jon Park').click();
    await visible(page.getByTestId('me').getByText('Jon Park'));
    expect(await page.getByText('for Mira only').count()).toBe(0);
    expect(await page.getByTestId('channel-secret').count()).toBe(0);
    await page.getByTestId('person-Mira Chen').click();
    await visible(page.getByText('for Mira only'));
  });

  it('see the messages of others as they come, marked in other channels', async () => {
    await workspace.page('message', { person: 'UJON', channel: 'COPEN', text: 'over here' });
    await visible(page.getByTestId('channel-open').getByText('(unread)'));
    await page.getByTestId('channel-open').click();
    await visible(last().getByText('over here'));
  });
});

describe('blocks', () => {
  it('are tables with aligned columns, pictures and native charts', async () => {
    const upload = await workspace.client.filesUploadV2({
      file: PNG,
      filename: 'chart.png',
      alt_text: 'A chart',
    });
    const id = upload.files[0]?.files?.[0]?.id;
    const series = [{ name: 'bert', data: [{ label: 'Mon', value: 1 }] }];
    await post([
      { type: 'header', text: plain('bert: $12') },
      {
        type: 'table',
        rows: [
          [cell('stage'), cell('cost')],
          [cell('training'), cell('$7')],
        ],
        column_settings: [{ align: 'left' }, { align: 'right' }],
      },
      { type: 'image', slack_file: { id }, alt_text: 'Costs per day', title: plain('Chart') },
      {
        type: 'data_visualization',
        title: 'Native',
        chart: { type: 'bar', series, axis_config: { categories: ['Mon'] } },
      },
    ]);
    await visible(last().getByRole('heading', { name: 'bert: $12' }));
    await visible(last().getByRole('columnheader', { name: 'cost' }));
    const amount = last().getByRole('cell', { name: '$7' });
    expect(await amount.evaluate((one) => getComputedStyle(one).textAlign)).toBe('right');
    await visible(last().getByText('Native'));
    await last().getByRole('button', { name: 'Enlarge: Costs per day' }).click();
    await visible(page.getByTestId('lightbox').getByRole('img', { name: 'Costs per day' }));
    await page.keyboard.press('Escape');
    await page.getByTestId('lightbox').waitFor({ state: 'detached' });
  });

  it('have buttons that work, ask first when they must, and say when the app fails', async () => {
    const pressed: string[] = [];
    workspace.app.action(/^(plain|sure)$/, async ({ ack, action, respond }) => {
      await ack();
      pressed.push('action_id' in action ? action.action_id : '');
      await respond({ text: `done ${pressed.length}`, replace_original: false });
    });
    const confirm = {
      title: plain('Sure?'),
      text: plain('It stops.'),
      confirm: plain('Yes'),
      deny: plain('No'),
    };
    await post([
      {
        type: 'actions',
        elements: [button('plain', 'Plain'), button('sure', 'Sure', { confirm }), button('mute', 'Mute')],
      },
    ]);
    await page.getByRole('button', { name: 'Plain' }).click();
    await visible(page.getByText('done 1'));
    await page.getByRole('button', { name: 'Sure' }).click();
    await page.getByTestId('confirm').getByRole('button', { name: 'No' }).click();
    await page.getByRole('button', { name: 'Sure' }).click();
    await page.getByTestId('confirm').getByRole('button', { name: 'Yes' }).click();
    await visible(page.getByText('done 2'));
    expect(pressed).toEqual(['plain', 'sure']);
    await page.getByRole('button', { name: 'Mute' }).click();
    await visible(page.getByRole('alert').getByText('Pennywatch did not answer'));
  });

  it('have menus whose choice reaches the app', async () => {
    workspace.app.action('menu', async ({ ack, action, respond }) => {
      await ack();
      await respond({ text: `chose ${'selected_option' in action ? action.selected_option?.value : ''}` });
    });
    const options = [
      { text: plain('One day'), value: '1d' },
      { text: plain('One week'), value: '7d' },
    ];
    await post([
      { type: 'section', text: plain('Snooze'), accessory: { type: 'overflow', action_id: 'menu', options } },
    ]);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'One week' }).click();
    await visible(page.getByText('chose 7d'));
  });
});

it('keeps threads beside the channel', async () => {
  const { ts = '' } = await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'parent' });
  await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'first reply', thread_ts: ts });
  await page.getByTestId('thread-link').getByText('1 reply').click();
  const thread = page.getByTestId('thread');
  await visible(thread.getByText('first reply'));
  await thread.getByTestId('thread-composer').fill('second reply');
  await thread.getByTestId('thread-composer').press('Enter');
  await visible(thread.getByText('second reply'));
  await visible(page.getByTestId('thread-link').getByText('2 replies'));
  expect(await page.getByRole('main').getByText('second reply').count()).toBe(0);
});

it('fills in a modal, with problems beside their fields', async () => {
  workspace.app.command('/cost', async ({ ack, client, command }) => {
    await ack();
    const element = { type: 'plain_text_input', action_id: 'text' } as const;
    const options = [{ text: plain('Search'), value: 's' }];
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plain('Claim spend'),
        submit: plain('Claim'),
        blocks: [
          { type: 'input', block_id: 'why', label: plain('Reason'), element },
          {
            type: 'input',
            block_id: 'team',
            label: plain('Team'),
            element: { type: 'static_select', action_id: 'pick', options },
          },
        ],
      },
    });
  });
  const seen: unknown[] = [];
  workspace.app.view('form', async ({ ack, view }) => {
    const { why, team } = view.state.values;
    seen.push([why?.text?.value, team?.pick?.selected_option?.value]);
    await (seen.length === 1 ? ack({ response_action: 'errors', errors: { why: 'Say more.' } }) : ack());
  });
  await say('/cost claim');
  const modal = page.getByTestId('modal');
  await modal.getByTestId('modal-submit').click();
  await visible(modal.getByText('Please complete this required field.'));
  expect(seen).toEqual([]);
  await modal.getByRole('textbox', { name: 'Reason' }).fill('why');
  await modal.getByRole('combobox', { name: 'Team' }).selectOption('Search');
  await modal.getByTestId('modal-submit').click();
  await visible(modal.getByText('Say more.'));
  await modal.getByRole('textbox', { name: 'Reason' }).fill('because it is ours');
  await modal.getByTestId('modal-submit').click();
  await modal.waitFor({ state: 'detached' });
  expect(seen).toEqual([
    ['why', 's'],
    ['because it is ours', 's'],
  ]);
});

it('fits a phone and has a dark theme', async () => {
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await page.getByTestId('channel-open').isVisible()).toBe(false);
  await page.getByTestId('menu').click();
  await page.getByTestId('theme').click();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.getByTestId('channel-open').click();
  await visible(page.getByRole('heading', { name: 'open' }));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

it('shows up to date after the server was away', async () => {
  const { ts = '' } = await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'before' });
  await visible(page.getByText('before'));
  workspace.sandbox.state.hub.close();
  await workspace.client.chat.update({ channel: 'CGEN', ts, text: 'after' });
  await visible(page.getByText('after'));
});

it('shows the answer to what somebody wrote, however long the history is', async () => {
  workspace.app.command('/cost', ({ ack }) => ack('the answer'));
  const bars = {
    type: 'bar',
    series: [{ name: 's', data: [{ label: 'a', value: 1 }] }],
    axis_config: { categories: ['a'] },
  };
  for (let count = 0; count < 8; count += 1)
    await post([{ type: 'data_visualization', title: `Chart ${count}`, chart: bars }]);
  await page.reload();
  await visible(page.getByText('Chart 7'));
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, -1500);
  await expect.poll(() => last().evaluate((one) => one.getBoundingClientRect().top > innerHeight)).toBe(true);
  await say('/cost top');
  await visible(page.getByText('the answer'));
  await expect
    .poll(() => last().evaluate((one) => one.getBoundingClientRect().bottom < innerHeight))
    .toBe(true);
});
