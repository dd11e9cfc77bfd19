/** Polls of a ledger into a real database, as tests ask for them. */
import type { SourceSettings } from '../../../src/core/settings.ts';
import type { PollParts, PollRequest, PollResult } from '../../../src/flows/poll/types.ts';
import { pollSource } from '../../../src/flows/poll.ts';
import { createPollParts } from '../../../src/threads/poll-parts.ts';
import { contextOf, openTempStore, rememberingLog, type TempStore } from '../../temp-store.ts';
import { type Ledger, ledgerSource } from './ledger-source.ts';

export const NOW = '2026-11-21T09:00:00Z';
export const SETTINGS: SourceSettings = {
  name: 'ledger',
  kind: 'ledger',
  schedule: '37 7 * * *',
  historyMonths: 2,
  trailingDays: 3,
  lagDays: 2,
  options: {},
};

export interface Polling extends Partial<PollRequest> {
  readonly now?: string | (() => number);
  readonly owner?: string;
  readonly parts?: Partial<PollParts>;
  readonly settings?: Partial<SourceSettings>;
}

export interface Bench extends TempStore {
  readonly ledger: Ledger;
  poll(polling?: Polling): Promise<PollResult>;
  state(name?: string): Promise<Awaited<ReturnType<TempStore['store']['sourceState']['findUniqueOrThrow']>>>;
}

export async function openBench(ledger = ledgerSource()): Promise<Bench> {
  const temp = await openTempStore();
  return {
    ...temp,
    ledger,
    poll({ now = NOW, owner = 'this', parts = {}, settings = {}, ...request } = {}) {
      const context = contextOf(temp.store, { now: NOW, log: rememberingLog() });
      return pollSource(
        { ...context, now: typeof now === 'string' ? () => Date.parse(now) : now },
        createPollParts({
          findSource: () => ledger.source,
          owner,
          isAlive: () => true,
          pace: 0,
          random: () => 0.5,
          ...parts,
        }),
        { source: { ...SETTINGS, ...settings }, actor: { kind: 'system', job: 'poll' }, ...request },
      );
    },
    state: (name = 'ledger') => temp.store.sourceState.findUniqueOrThrow({ where: { name } }),
  };
}

/** One charge a day. */
export function everyDay(start: string, end: string, amount = '10') {
  const lines: { day: string; amount: string }[] = [];
  for (let at = Date.parse(start); at <= Date.parse(end); at += 86_400_000)
    lines.push({ day: new Date(at).toISOString().slice(0, 10), amount });
  return lines;
}
