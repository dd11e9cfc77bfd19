import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run.ts';
import { rememberPosted, runShortcut } from '../../src/commands/shortcuts.ts';
import type { CommandContext } from '../../src/commands/types.ts';
import { forgetOldAnswers } from '../../src/flows/pins.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listPins, markPinsReported } from '../../src/store/pins.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const conversation = { platform: 'slack', channel: 'CSEARCH' };
let temp: TempStore;
let now: number;

beforeEach(async () => {
  temp = await openTempStore();
  now = Date.parse('2026-11-21T09:00:00Z');
  await addFacts(contextOf(temp.store, { now: '2026-11-21T09:00:00Z' }), [
    { day: '2026-11-10', cost: '12', tags: { model: 'bert', team: 'search' } },
  ]);
  const common = { managedBy: 'file', updatedAt: new Date(0) };
  for (const [name, channel] of [
    ['search', 'CSEARCH'],
    ['growth', 'CGROWTH'],
  ] as const)
    await temp.store.team.create({
      data: { name, title: name, channels: JSON.stringify({ slack: channel }), ...common },
    });
  for (const [id, name, team] of [
    ['U1', 'Mira', 'search'],
    ['U2', 'Lena', 'growth'],
  ] as const)
    await temp.store.member.create({
      data: {
        email: `${name}@x.io`,
        name,
        ...common,
        identities: { create: { platform: 'slack', platformId: id } },
        teams: { create: { teamName: team } },
      },
    });
});
afterEach(() => temp.close());

function as(id: string, channel = 'CSEARCH'): CommandContext {
  return {
    ...contextOf(temp.store, { now: '2026-11-21T09:00:00Z' }),
    now: () => now,
    actor: { kind: 'person', platform: 'slack', id, name: id === 'U1' ? 'Mira' : 'Somebody else' },
    conversation: { ...conversation, channel },
  };
}

function choose(
  shortcut: 'share' | 'pin',
  text: string,
  { id = 'U1', message = 'm1', channel = 'CSEARCH' } = {},
) {
  return runShortcut(as(id, channel), {
    shortcut,
    message: { id: message, text, author: 'U7', authorName: 'Yuki' },
    conversation: { ...conversation, channel },
  });
}

describe('share', () => {
  it('answers our own message again, freshly, for everybody', async () => {
    await rememberPosted(as('U1'), { command: 'model bert 2026-11', messageId: 'm1', conversation });
    const { view, public: open, command } = await choose('share', 'bert: $3.00 in November');
    expect([open, command]).toEqual([true, 'model bert 2026-11']);
    expect(renderText(view)).toContain('bert: $12.00 in November 2026');
    expect(renderText(view)).toContain('Mira shared /cost model bert 2026-11');
    expect(renderText(view)).not.toContain('[Share in channel]');
  });

  it("answers somebody's question in public, and asks back in private", async () => {
    const answer = await choose('share', 'does anybody know?');
    expect([answer.public, answer.command]).toEqual([false, undefined]);
    const clear = await choose('share', 'how much did bert cost in November?');
    expect([clear.public, clear.command]).toEqual([true, 'model bert 2026-11']);
  });

  it("never does what somebody else's message says", async () => {
    await expect(choose('share', 'subscribe team search weekly here')).rejects.toThrow(
      'Only answers can be shared',
    );
    await rememberPosted(as('U1'), { command: 'owner claim model:bert', messageId: 'm2', conversation });
    await expect(choose('share', 'x', { message: 'm2' })).rejects.toThrow('Only answers can be shared');
  });

  it('forgets which command a message was after 90 days', async () => {
    await rememberPosted(as('U1'), { command: 'model bert 2026-11', messageId: 'm1', conversation });
    await rememberPosted(as('U1'), { command: 'top 3 models', messageId: 'm1', conversation });
    expect((await choose('share', 'x')).command).toBe('top 3 models');
    now += 89 * 86_400_000;
    expect(await forgetOldAnswers(as('U1'))).toBe(0);
    now += 2 * 86_400_000;
    expect(await forgetOldAnswers(as('U1'))).toBe(1);
    expect((await choose('share', 'lunch?')).command).toBeUndefined();
  });
});

describe('pin', () => {
  it("puts a message into the next report of the channel's team, once", async () => {
    const pinned = await choose('pin', `  new <!channel> retrain\n${'x'.repeat(400)}`);
    expect(pinned.public).toBe(false);
    expect(renderText(pinned.view)).toContain(
      'Pinned: it will be in the weekly report of search on Mon 23 Nov, 09:00.',
    );
    expect(renderText((await choose('pin', 'again')).view)).toContain('This is pinned already');
    const pins = await listPins(temp.store, 'search');
    expect(pins).toHaveLength(1);
    expect(pins[0]).toMatchObject({ author: 'Yuki', pinnedBy: 'slack:U1' });
    expect([...(pins[0]?.excerpt ?? '')]).toHaveLength(300);
    expect(pins[0]?.excerpt.startsWith('new <!channel> retrain xxx')).toBe(true);
    const audit = await listAudit(temp.store, 'team:search');
    expect(audit.map(({ actor, action }) => [actor, action])).toEqual([['slack:U1', 'pin.add']]);
  });

  it('calls people by their names, not by their ids', async () => {
    const message = { id: 'm1', text: '@U0LENA001 and @U0NOBODY1, look at this', author: 'U0LENA001' };
    await temp.store.member.update({
      where: { email: 'Lena@x.io' },
      data: { identities: { create: { platform: 'slack', platformId: 'U0LENA001' } } },
    });
    await runShortcut(as('U1'), { shortcut: 'pin', message, conversation });
    expect(await listPins(temp.store, 'search')).toMatchObject([
      { author: 'Lena', excerpt: '@Lena and @U0NOBODY1, look at this' },
    ]);
  });

  it('remembers the command of our own messages, and may be pinned again for a later report', async () => {
    await rememberPosted(as('U1'), { command: 'model bert 2026-11', messageId: 'm1', conversation });
    await choose('pin', 'bert: $12');
    const [pin] = await listPins(temp.store, 'search');
    expect(pin?.command).toBe('model bert 2026-11');
    await temp.store.$transaction((tx) => markPinsReported(tx, [pin?.id ?? 0], '2026-11-16'));
    expect(await listPins(temp.store, 'search')).toEqual([]);
    expect(renderText((await choose('pin', 'bert: $12')).view)).toContain('Pinned: it will be in');
    expect(await listPins(temp.store, 'search')).toHaveLength(1);
  });

  it("goes to the person's own team where the channel is no team's, and nowhere for strangers", async () => {
    await choose('pin', 'hello', { id: 'U2', channel: 'CRANDOM' });
    expect(await listPins(temp.store, 'growth')).toHaveLength(1);
    await expect(choose('pin', 'hello', { id: 'U9' })).rejects.toThrow("I don't know you yet");
    await expect(choose('pin', '  ', { message: 'm3' })).rejects.toThrow('no text');
  });

  it('comes off by its button, for whoever may', async () => {
    await choose('pin', 'hello');
    const [pin] = await listPins(temp.store, 'search');
    const text = `pins remove ${pin?.id}`;
    await expect(runCommand(as('U2'), text)).rejects.toThrow("You can't take this pin off.");
    expect(renderText((await runCommand(as('U1'), 'pins')).view)).toContain('1 pin for search');
    expect(renderText((await runCommand(as('U1'), text)).view)).toContain('Unpinned');
    await expect(runCommand(as('U1'), text)).rejects.toThrow('gone already');
    expect(renderText((await runCommand(as('U1'), 'pins')).view)).toContain('Nothing is pinned for search');
    const audit = await listAudit(temp.store, 'team:search');
    expect(audit.map(({ action }) => action)).toEqual(['pin.add', 'pin.remove']);
  });
});
