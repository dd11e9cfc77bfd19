/** What people can do about an anomaly: the few buttons its message has, and those behind "More…". */
import type { Button } from '../elements.ts';
import { type AnomalyShown, anomalyId, goesOn } from './anomaly-words.ts';

/** Buttons of a message that is rewritten for weeks work for a month. */
const ROOT_HOURS = 30 * 24;

type Standing = Pick<AnomalyShown, 'id' | 'state' | 'direction' | 'lastStamp' | 'judgedThrough'>;

export function whyButton(id: number): Button {
  return { label: 'Why', action: { do: 'command', text: `why ${anomalyId(id)}` } };
}

/** What people can say of an anomaly that goes on; the terminal's commands are the same. */
export function verdictButtons(id: number): Button[] {
  return [
    whyButton(id),
    say(id, 'I take it', 'ack'),
    say(id, 'Expected', 'expected'),
    say(id, 'Snooze 3 days', 'snooze 3d'),
    say(id, 'False alarm', 'false-alarm'),
  ];
}

/** The newest proposal about it. */
export interface ProposalStanding {
  readonly id?: number;
  /** It waits, or is being carried out. */
  readonly open: boolean;
  /** What undoes it, while that is possible: "start again". */
  readonly undo?: string;
}

/** At most four, and "More…": a message with many buttons is not read. Red is never first. */
export function rootButtons(anomaly: Standing, proposal?: ProposalStanding): Button[] {
  return chosen(anomaly, acting(anomaly, proposal)).map((button) => ({ ...button, hours: ROOT_HOURS }));
}

function chosen(anomaly: Standing, act: readonly Button[]): Button[] {
  const { id, state } = anomaly;
  const more = say(id, 'More…', 'more');
  switch (state) {
    case 'open':
    case 'acknowledged':
      return [approve(id), snooze(id), investigate(id), ...act, more];
    case 'snoozed':
      return [approve(id), investigate(id), ...act, more];
    case 'no-data':
      return [investigate(id), ...act, more];
    case 'expected':
      return [
        investigate(id),
        ...act.filter(({ style }) => style !== 'danger'),
        say(id, 'Open it again', 'reopen'),
        more,
      ];
    case 'resolved':
      return [say(id, 'Open it again', 'reopen'), whyButton(id)];
  }
}

export interface MoreOptions {
  /** A ticket system is set up, and there is no ticket yet. */
  readonly ticket: boolean;
}

/** Everything else that can be done in its state. */
export function moreButtons(anomaly: Standing, { ticket }: MoreOptions): Button[] {
  const { id, state } = anomaly;
  const over = state === 'resolved';
  return [
    ...(state === 'open' ? [say(id, 'I take it', 'ack')] : []),
    ...(state === 'snoozed' ? [say(id, 'End the snooze', 'reopen')] : []),
    ...(over ? [] : [form(id, 'Reassign…', 'anomaly-reassign')]),
    ...(ticket ? [say(id, 'Create ticket', 'ticket')] : []),
    ...(over ? [say(id, 'Open it again', 'reopen')] : []),
    say(id, 'False alarm', 'false-alarm'),
    ...(over ? [] : [say(id, 'Close it', 'resolve')]),
    whyButton(id),
  ];
}

function say(id: number, label: string, words: string): Button {
  return { label, action: { do: 'command', text: `anomaly ${id} ${words}` } };
}

function form(id: number, label: string, name: string): Button {
  return { label, action: { do: 'form', form: name, text: `anomaly ${id}` } };
}

function approve(id: number): Button {
  return form(id, 'Approve spend…', 'anomaly-approve');
}

function snooze(id: number): Button {
  return form(id, 'Snooze…', 'anomaly-snooze');
}

function investigate(id: number): Button {
  const action = { do: 'form', form: 'anomaly-investigate', text: `anomaly ${id}`, slow: true } as const;
  return { label: 'Investigate', action };
}

/** What is asked for already is looked at, what was done is undone; else it can be shut down. */
function acting(anomaly: Standing, proposal: ProposalStanding | undefined): Button[] {
  const { id, open, undo } = proposal ?? { open: false };
  if (id !== undefined && open)
    return [{ label: `Proposal ${id}`, action: { do: 'command', text: `proposal ${id}` } }];
  if (id !== undefined && undo !== undefined)
    return [{ label: 'Undo', action: { do: 'command', text: `proposal ${id} undo` }, once: true }];
  return shutDown(anomaly);
}

/** Only what costs more than it should, and still does, can be shut down. */
function shutDown(anomaly: Standing): Button[] {
  if (anomaly.direction !== 'up' || !goesOn(anomaly)) return [];
  const action = { do: 'form', form: 'proposal', text: `stop anomaly ${anomaly.id}`, slow: true } as const;
  return [{ label: 'Shut down…', style: 'danger', action }];
}
