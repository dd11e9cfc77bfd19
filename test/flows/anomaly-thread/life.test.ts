/** One message per anomaly through its whole life, in a real Bolt app's workspace. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { found } from '../../chat/slack/connected.ts';
import { buttonsOf, mentionsOf, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const root = () => {
  const [only, ...others] = stage.roots();
  expect(others).toEqual([]);
  if (!only) throw new Error('nothing was posted');
  return only;
};
const lines = () => stage.thread().map(({ text }) => text);

/** High from the start: $700 a day more. */
async function opened(): Promise<void> {
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
}

it('opens with one message that calls the owner and says why her, and a thread that calls nobody', async () => {
  await opened();
  const message = root();
  expect(message.text).toContain('🔴 High: bert training on EC2 is $7');
  expect(message.text).toContain('a month more if it goes on');
  expect(message.text).toContain('Why:');
  expect(message.text).toContain('Open since Thu 19 Nov, 09:00.');
  expect(message.text).toContain('owner of bert · ANM-1');
  expect(mentionsOf(message)).toEqual(['UMIRA']);
  expect(message.blocks.some(({ type }) => type === 'image')).toBe(true);
  expect(buttonsOf(message)).toEqual(['Approve spend…', 'Snooze…', 'Investigate', 'Shut down…', 'More…']);
  const [detail, ...others] = stage.thread();
  expect(others).toEqual([]);
  expect(detail?.text).toContain('What is behind it');
  expect(detail && mentionsOf(detail)).toEqual([]);
  await stage.round();
  await stage.round('2026-11-19T15:00:00Z');
  expect([stage.roots().length, stage.thread().length]).toEqual([1, 1]);
});

it('is rewritten in place by what people do, each logged once without a mention', async () => {
  await opened();
  const { ts } = root();
  await stage.click('UJON', root(), 'More…');
  expect(root().editedTs).toBeUndefined();
  const answer = await found(() => stage.slack.messages('CGEN').find(({ onlyFor }) => onlyFor === 'UJON'));
  expect(buttonsOf(answer)).toEqual(['I take it', 'Reassign…', 'False alarm', 'Close it', 'Why']);
  stage.org.at('2026-11-19T09:02:00Z');
  await stage.click('UJON', answer, 'I take it');
  expect(root().ts).toBe(ts);
  expect(root().text).toContain('Acknowledged by Jon Park, Thu 19 Nov, 09:02.');
  expect(lines().at(-1)).toBe('Jon Park took it.');
  // A picture that shows the same is not uploaded again.
  expect(stage.slack.sandbox.state.files.size).toBe(1);
  await stage.round('2026-11-19T12:00:00Z');
  expect(lines()).toHaveLength(2);
  expect(stage.thread().flatMap(mentionsOf)).toEqual([]);
});

it('calls once more when it turns worse, says when it is over and what it cost, and when it comes back', async () => {
  await opened();
  const bill = { '2026-11-18': 700, '2026-11-19': 2400 };
  await stage.bill(bill, '2026-11-19');
  await stage.round('2026-11-20T09:00:00Z');
  const worse = stage.thread().at(-1);
  expect(worse?.text).toMatch(/^Worse · @?Mira Chen/);
  expect(worse && mentionsOf(worse)).toEqual(['UMIRA']);
  expect(root().text).toContain('is $3,1');
  await stage.bill(bill, '2026-11-21');
  await stage.round('2026-11-22T09:00:00Z');
  expect(root().text).toContain('🟢 Over, was high: bert training on EC2 was $3,1');
  expect(root().text).toContain('Resolved Sun 22 Nov, 09:00: usual again after 19 Nov.');
  expect(mentionsOf(root())).toEqual([]);
  expect(buttonsOf(root())).toEqual(['Open it again', 'Why']);
  expect(lines().at(-1)).toMatch(
    /^It is over, \$3,1\d\d more than expected in all: usual again after 19 Nov\.$/,
  );
  await stage.bill({ ...bill, '2026-11-23': 1500 }, '2026-11-23');
  await stage.round('2026-11-24T09:00:00Z');
  expect(root().text).toContain('🔴 High');
  const calls = stage.thread().filter((message) => mentionsOf(message).length > 0);
  expect(calls.map(({ text }) => text.split('\n')[0])).toEqual([
    expect.stringMatching(/^Worse/),
    expect.stringMatching(/^It came back: it came back after it was over/),
  ]);
});

it('a critical one that nobody takes calls the owner again, and then who leads the team', async () => {
  await stage.bill({ '2026-11-18': 4000 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  await stage.round('2026-11-19T21:00:00Z');
  await stage.round('2026-11-19T22:00:00Z');
  const [, escalated, ...more] = stage.thread();
  expect(more).toEqual([]);
  expect(escalated?.text).toContain('Critical, and nobody took it: you are asked next');
  expect(escalated && mentionsOf(escalated)).toEqual(['UJON']);
  expect(root().text).toContain('; nobody took it, escalated Thu 19 Nov, 21:00.');
  await stage.round('2026-11-21T09:00:00Z');
  expect(stage.thread().at(-1)?.text).toMatch(/^Still open, and nobody took it · @?Mira Chen/);
});

it('a message that somebody removed is not written again, and nothing fails', async () => {
  await opened();
  const channel = stage.slack.sandbox.state.messages.get('CGEN');
  channel?.splice(0, channel.length);
  await stage.bill({ '2026-11-18': 700, '2026-11-19': 1900 }, '2026-11-19');
  await stage.round('2026-11-20T09:00:00Z');
  expect(stage.roots()).toEqual([]);
  const rows = await stage.context.store.outboxMessage.findMany({ where: { editOf: { not: null } } });
  expect(rows.map(({ status, attempts }) => [status, attempts])).toContainEqual(['given-up', 1]);
});

it('is not posted twice when the process dies after Slack took it', async () => {
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
  stage.slack.loseNextAnswer();
  await stage.round('2026-11-19T09:00:00Z');
  expect(stage.thread()).toEqual([]);
  await stage.round('2026-11-19T09:05:00Z');
  expect([stage.roots().length, stage.thread().length]).toEqual([1, 1]);
  await stage.click('UMIRA', root(), 'More…');
});

it('what is small has no message, until it grows', async () => {
  await stage.bill({ '2026-11-18': 60 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  expect(await stage.context.store.anomaly.count()).toBe(1);
  expect(stage.roots()).toEqual([]);
  await stage.bill({ '2026-11-18': 60, '2026-11-19': 900 }, '2026-11-19');
  await stage.round('2026-11-20T09:00:00Z');
  expect([stage.roots().length, stage.thread().length]).toEqual([1, 1]);
  expect(mentionsOf(root())).toEqual(['UMIRA']);
});
