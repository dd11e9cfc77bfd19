/** Events are told apart for as long as Slack may send them again, and no longer. */
import { expect, it } from 'vitest';
import { createSeenEvents } from '../../../src/chat/slack/seen-events.ts';

const HOUR = 3_600_000;

it('knows an event again for over an hour, then forgets it', () => {
  let clock = 0;
  const isNew = createSeenEvents(() => clock);
  expect([isNew('a'), isNew('b'), isNew('a')]).toEqual([true, true, false]);
  clock = 1.5 * HOUR;
  expect(isNew('a')).toBe(false);
  clock = 2 * HOUR;
  expect(isNew('a')).toBe(true);
});

it('holds a bounded number, the newest', () => {
  const isNew = createSeenEvents(() => 0);
  for (let event = 0; event < 30_000; event += 1) isNew(`e${event}`);
  expect(isNew('e29999')).toBe(false);
  expect(isNew('e15000')).toBe(false);
  expect(isNew('e100')).toBe(true);
});
