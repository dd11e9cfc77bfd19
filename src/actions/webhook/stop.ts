/** Asks a program of the organisation's own to stop something, by signed calls: plan, run, verify, undo. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { openWebhook } from './client.ts';
import { PlanAnswer, VerifyAnswer } from './schema.ts';

const Before = z.object({ reversible: z.boolean(), theirs: z.record(z.string(), z.json()) });
const Ref = z.custom<ActionInput['ref']>((value) => {
  const id = (value as Partial<ActionInput['ref']> | null)?.parts?.id;
  return typeof id === 'string' && id !== '';
}, 'expected a resource of a webhook');

export const stop: ProviderAction = {
  id: 'webhook.stop',
  about: {
    provider: 'webhook',
    kinds: ['webhook.resource'],
    title: 'Stop by webhook',
    verb: 'stop',
    past: 'stopped',
    consequence:
      'A program of your own is asked to stop it. What that means, and whether it can be undone, is what that program answers.',
    // Nobody here knows what it does.
    risk: 'high',
    validStates: ['running'],
    permissions: [
      { permission: 'plan', for: 'plan' },
      { permission: 'verify', for: 'plan' },
      { permission: 'run', for: 'run' },
      { permission: 'undo', for: 'undo' },
    ],
    example: 'webhook:gpu-broker/lease-42',
    savesPercent: 100,
  },
  input: z.object({ ref: Ref, parameters: z.record(z.string(), z.string()) }),
  plan,
  async run(access, { input, before }, key) {
    const { theirs } = Before.parse(before);
    await openWebhook(access).call({ type: 'run', input, before: theirs, key });
  },
  verify: (access, planned) => verify(access, planned, 'run'),
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 72,
    async run(access, { input, before }, key) {
      const { reversible, theirs } = Before.parse(before);
      if (!reversible)
        throw new AppError('CONFLICT', `The webhook ${input.ref.account} said that this cannot be undone.`, {
          hint: 'Ask those who run the program behind it.',
        });
      await openWebhook(access).call({ type: 'undo', input, before: theirs, key });
    },
    verify: (access, planned) => verify(access, planned, 'undo'),
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const answer = await openWebhook(access).ask({ type: 'plan', input }, PlanAnswer);
  const gone = answer.state === undefined;
  const refusal =
    answer.refusal ??
    (gone ? `The webhook ${input.ref.account} does not know ${input.ref.name} (any more).` : undefined);
  const already = refusal === undefined && answer.already;
  const own = answer.calls.length > 0 ? answer.calls : [`run ${input.ref.name}`];
  return {
    input,
    ...(answer.state !== undefined && {
      live: {
        state: answer.state,
        ...(answer.createdAt && { createdAt: answer.createdAt }),
        tags: answer.tags,
        details: answer.details,
      },
    }),
    calls: refusal !== undefined || already ? [] : own,
    effect: `${sentence(answer.effect)}${answer.reversible || already ? '' : ' It cannot be undone.'}`,
    ...(refusal !== undefined && { refusal: sentence(refusal) }),
    ...(already && { already }),
    before: { reversible: answer.reversible, theirs: answer.before },
  };
}

async function verify(access: ActionAccess, planned: Planned, of: 'run' | 'undo'): Promise<Verified> {
  const { input } = planned;
  const { theirs } = Before.parse(planned.before);
  const { state, outcome, said } = await openWebhook(access).ask(
    { type: 'verify', of, input, before: theirs },
    VerifyAnswer,
  );
  return { state, outcome, said: sentence(said ?? `The webhook says of ${input.ref.name}: ${state}`) };
}

/** Programs forget the full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
