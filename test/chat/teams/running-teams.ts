/** The real platform in front of the local Teams: a dispatcher that answers as told, and pauses that end when told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { TeamsDeps } from '../../../src/chat/teams/config.ts';
import { createTeams, type TeamsPlatform } from '../../../src/chat/teams/index.ts';
import { limits } from '../../../src/chat/teams/limits.ts';
import type { Dispatch, Interaction, Reply } from '../../../src/chat/types.ts';
import { chatMemoryOf, createMemory } from '../../../src/threads/chat-memory.ts';
import { type Button, type Form, text, type View } from '../../../src/view/elements.ts';
import { openTempStore } from '../../temp-store.ts';
import { type StandInOptions, startTeamsStandIn, type TeamsStandIn } from './teams-stand-in.ts';

export interface Logged {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface RunningTeams {
  readonly teams: TeamsStandIn;
  readonly platform: TeamsPlatform;
  /** What the dispatcher was asked, without being told what was posted. */
  readonly asked: Interaction[];
  readonly posted: Extract<Interaction, { kind: 'posted' }>[];
  readonly log: Logged[];
  /** Answers this from now on. */
  answer(dispatch: Dispatch | readonly Reply[]): void;
  /** Everybody waits no longer for an answer, or shows that somebody is writing. */
  pass(pause: 'invoke' | 'typing'): void;
  /** Resolves when the dispatcher was asked something. */
  askedOnce(): Promise<void>;
  /** Resolves when every answer under way is given. */
  settled(): Promise<void>;
  /** As if nothing had been said yet; who and where is still known. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const PNG = Buffer.from('89504e470d0a1a0a01020304', 'hex');

/** Pauses that end only when a test says so; others end at once. */
const HELD: Readonly<Record<string, number>> = { invoke: limits.invokeMs, typing: limits.typingMs };
const LONGER_TYPING = 4_000;

export async function startTeams(
  options: StandInOptions & {
    readonly deps?: Partial<TeamsDeps>;
    /** The dispatcher is told where its answers were posted. */
    readonly tellPosted?: boolean;
  } = {},
): Promise<RunningTeams> {
  const teams = await startTeamsStandIn(options);
  const temp = await openTempStore();
  const log: Logged[] = [];
  const record = (level: string) => (fields: object, message: string) =>
    void log.push({ level, fields: { ...fields }, message });
  const logger = { info: record('info'), warn: record('warn'), error: record('error') };
  const memory = chatMemoryOf(temp.store, { log: logger, now: Date.now });
  const asked: Interaction[] = [];
  const posted: RunningTeams['posted'] = [];
  const held: { milliseconds: number; end: () => void }[] = [];
  let dispatch: Dispatch = async () => [];
  const platform = createTeams(teams.config, {
    async dispatch(interaction) {
      if (interaction.kind === 'posted') {
        posted.push(interaction);
        return options.tellPosted ? dispatch(interaction) : [];
      }
      asked.push(interaction);
      return dispatch(interaction);
    },
    drawChart: async () => PNG,
    log: logger,
    memory: createMemory((request) => memory.answer(request)),
    random: () => 0.5,
    wait: (milliseconds) =>
      Object.values(HELD).includes(milliseconds) || milliseconds === LONGER_TYPING
        ? new Promise((end) => void held.push({ milliseconds, end }))
        : Promise.resolve(),
    ...options.deps,
  });
  const app = express();
  app.use(platform.http);
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  teams.connectApp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);

  async function settled(): Promise<void> {
    // A message is acknowledged before it reaches the platform.
    await sleep(15);
    await platform.stop();
  }

  return {
    teams,
    platform,
    asked,
    posted,
    log,
    answer(next) {
      dispatch = typeof next === 'function' ? next : async () => next;
    },
    pass(pause) {
      for (const one of held.splice(0))
        if (one.milliseconds === HELD[pause]) one.end();
        else held.push(one);
    },
    async askedOnce() {
      while (asked.length === 0) await sleep(5);
    },
    settled,
    async reset() {
      await settled();
      dispatch = async () => [];
      for (const kept of [asked, posted, log, held, teams.world.messages, teams.calls]) kept.length = 0;
    },
    async stop() {
      await platform.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await memory.settle();
      await teams.close();
      await temp.close();
    },
  };
}

export const words = (said: string): View => ({ elements: [{ kind: 'text', spans: [text(said)] }] });

export const privately = (view: View, replace?: boolean): Reply => ({
  kind: 'private',
  view,
  ...(replace === undefined ? {} : { replace }),
});

export const openly = (view: View, command?: string): Reply => ({
  kind: 'public',
  view,
  ...(command === undefined ? {} : { command }),
});

/** A message with words and buttons, each with its label as id. */
export function offering(said: string, ...buttons: readonly (string | Button)[]): View {
  const actions = buttons.map(
    (one): Button =>
      typeof one === 'string' ? { label: one, id: idOf(one), action: { do: 'command', text: one } } : one,
  );
  return { elements: [...words(said).elements, { kind: 'actions', buttons: actions }] };
}

export const formButton = (label: string): Button => ({
  label,
  id: idOf(label),
  action: { do: 'form', form: 'budget-set', text: 'budget set' },
});

export const idOf = (label: string): string => `id-${label.toLowerCase().replace(/\W+/g, '-')}`;

export const form: Form = {
  form: 'budget-set',
  text: 'budget set',
  title: 'Set a budget',
  submit: 'Set',
  id: 'form-1',
  fields: [
    { kind: 'text', name: 'amount', label: 'Amount', value: '500' },
    { kind: 'text', name: 'why', label: 'Why', optional: true },
  ],
};
