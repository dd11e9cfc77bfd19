/** Every example of every command, and every button of help, answers in the sample organisation. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderMessage } from '../../src/chat/teams/render.ts';
import { homeView } from '../../src/commands/home.ts';
import { commands } from '../../src/commands/registry.ts';
import { runCommand } from '../../src/commands/run.ts';
import type { CommandContext } from '../../src/commands/types.ts';
import { loadConfig } from '../../src/config.ts';
import { AppError } from '../../src/core/errors.ts';
import { allocateDays } from '../../src/flows/allocate.ts';
import { importFocus } from '../../src/flows/import-focus.ts';
import { composeReport } from '../../src/flows/report/compose.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import { writeSampleOrg } from '../../src/sandbox/sample-org/index.ts';
import { focusFile } from '../../src/sources/focus-file/index.ts';
import type { Store } from '../../src/store/open.ts';
import { createActionParts } from '../../src/threads/action-parts.ts';
import { renderText } from '../../src/view/fallback.ts';
import { registered } from '../chat/sample-views.ts';
import { messageProblems } from '../chat/teams/adaptive-card.ts';
import { rememberingLog } from '../temp-store.ts';
import { openFreshStore } from '../template-database.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-sample-'));
let store: Store;
let asking: CommandContext;

beforeAll(async () => {
  const sample = await writeSampleOrg({ dir, now: NOW, months: 1 });
  const { settings } = loadConfig({ file: sample.configPath, env: {} });
  store = await openFreshStore(join(dir, 'test.db'));
  const log = rememberingLog();
  const now = () => NOW;
  // Providers may be looked at, but no account is allowed: whatever is proposed is refused in words.
  const acting = createActionParts({ now, log });
  const actions = { ...settings.actions, accounts: [] };
  const context = { store, settings: { ...settings, actions }, now, log, acting };
  await syncSettings(context);
  for (const { name, files } of sample.sources) {
    const parts = { source: focusFile, allocate: allocateDays };
    await importFocus(context, parts, { files, source: name, actor: { kind: 'system', job: 'demo' } });
  }
  const mira = settings.teams.flatMap(({ members }) => members).find(({ name }) => name === 'Mira Chen');
  asking = {
    ...context,
    actor: { kind: 'person', platform: 'slack', id: mira?.slack ?? '' },
    conversation: { platform: 'slack', channel: 'C0GENERAL' },
  };
  // Numbers count from one: the examples' proposal 4 is there, and not sent yet.
  for (let id = 1; id <= 4; id += 1) await runCommand(asking, 'stop model bert --env dev');
}, 120_000);
afterAll(async () => {
  await store.$disconnect();
  rmSync(dir, { recursive: true });
});

/** What the person reads, which is a card that Teams takes; a refusal in words is an answer too, anything else is thrown. */
async function answerTo(command: string): Promise<string> {
  try {
    const { view } = await runCommand(asking, command);
    expect(messageProblems(renderMessage(registered(view, 'teams'))), command).toEqual([]);
    return renderText(view);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL')
      return `refused: ${error.message} ${error.hint}`;
    throw error;
  }
}

/**
 * Why an example may be refused here: Mira answers for no whole environment, nor for a resource on no bill, and what was
 * found for proposal 4 is in no allowed account. Of the others, what pennywatch.yaml manages may be refused, and a number
 * that nothing has yet.
 */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'stop environment:dev': /You can't ask for anything to be shut down in environment dev/,
  'stop k8s://ml-cluster/search/deployment/ranker':
    /You can't ask for anything to be shut down in the organisation/,
  'proposal 4 request "it does not end"': /Nothing is chosen/,
  'proposal 4 approve': /You can't approve this/,
  'proposal 4 decline "it is the big retrain"': /You can't /,
  'proposal 4 undo': /Proposal 4 is draft/,
};

it.each(commands.flatMap(({ examples }) => examples))('%s', async (example) => {
  const text = await answerTo(example);
  expect(text).not.toContain("I don't know");
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  const refused = REFUSED[example] ?? /pennywatch\.yaml|There is no (anomaly|plan) /;
  if (text.startsWith('refused:')) expect(text).toMatch(refused);
});

it('the largest tables there are fit into a card, which says what it leaves out', async () => {
  const scope = { kind: 'org' } as const;
  const { views } = await composeReport(asking, {
    scope,
    frequency: 'weekly',
    at: NOW,
    timeZone: 'Europe/Berlin',
  });
  const resources = (await runCommand(asking, 'service all 30d by resource')).view;
  const tables = [...views, resources].flatMap(({ elements }) =>
    elements.filter(({ kind }) => kind === 'table'),
  );
  const largest = { elements: Array.from({ length: 12 }, () => tables).flat() };
  for (const view of [...views, resources, largest])
    expect(messageProblems(renderMessage(registered(view, 'teams')))).toEqual([]);
  expect(JSON.stringify(renderMessage(largest))).toMatch(/left out/);
});

it('every button of help and of the home answers', async () => {
  const views = [(await runCommand(asking, 'help')).view, await homeView(asking)];
  const buttons = views.flatMap(({ elements }) =>
    elements.flatMap((element) => (element.kind === 'actions' ? element.buttons : [])),
  );
  expect(buttons.length).toBeGreaterThan(15);
  for (const { action } of buttons) {
    const text = await answerTo(action.text);
    expect(text, action.text).not.toMatch(/^refused:|I don't know|undefined|NaN/);
  }
});
