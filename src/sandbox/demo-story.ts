/** What people and pipelines of the sample organisation told Pennywatch before somebody opens the demo. */
import type { Actor } from '../core/actor.ts';
import { addDays, type Day, dayInZone, dayToMs } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { planSpend } from '../flows/plans.ts';
import { EVENTS_PATH } from '../http-events.ts';
import type { RunningServer } from '../main.ts';
import type { SampleOrg } from './sample-org/index.ts';
import { LISTING_WRITER_SWITCH } from './sample-org/models/assistant.ts';

interface Told {
  readonly daysAgo: number;
  readonly title: string;
  readonly model: string;
  readonly version?: string;
  readonly kind?: 'deploy' | 'config' | 'experiment';
}

/** Some of them stand behind the planted incidents, some behind nothing. */
const CHANGES: readonly Told[] = [
  { daysAgo: 61, title: 'Whole conversations in the prompt', model: 'support-copilot', version: '3.2.0' },
  { daysAgo: 53, title: 'Back to the last messages only', model: 'support-copilot', version: '3.2.1' },
  {
    daysAgo: LISTING_WRITER_SWITCH,
    title: 'gpt-4.1-mini → gpt-4.1',
    model: 'listing-writer',
    kind: 'config',
  },
  { daysAgo: 12, title: 'New colours in the gallery', model: 'visual-search', version: '1.18.0' },
  { daysAgo: 5, title: 'Retrain on the autumn data', model: 'bert', kind: 'experiment' },
];

/** Tells deployments over HTTP, as a pipeline does, and plans a retrain in a person's name. */
export async function tellStory(
  { context, url }: Pick<RunningServer, 'context' | 'url'>,
  { workspace }: SampleOrg,
  apiToken: string,
): Promise<void> {
  const today = dayInZone(context.now(), context.settings.timeZone);
  const response = await fetch(`${url}${EVENTS_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(CHANGES.map((change) => eventOf(change, today))),
  });
  if (!response.ok)
    throw new AppError('INTERNAL', `The demo's events were refused: ${await response.text()}`);
  const planner = workspace.people.find(({ name }) => name === 'Amara Okafor');
  if (!planner) return;
  const actor: Actor = { kind: 'person', platform: 'slack', id: planner.id, workspace: workspace.teamId };
  await planSpend(context, actor, {
    scope: { kind: 'model', name: 'two-tower', stage: 'training' },
    amount: { micros: 4_500_000_000n, currency: 'USD' },
    days: { start: addDays(today, 8), end: addDays(today, 11) },
    reason: 'retrain for the Spanish market',
  });
}

function eventOf({ daysAgo, kind = 'deploy', ...rest }: Told, today: Day) {
  const at = new Date(dayToMs(addDays(today, -daysAgo)) + 9.5 * 3_600_000).toISOString();
  return { ...rest, kind, at, id: `demo-${rest.model}-${daysAgo}`, sender: 'demo pipeline' };
}
