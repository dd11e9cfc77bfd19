/** Until when something may go on: the owner is asked before its end, then what still runs is proposed to be stopped. */
import { randomUUID } from 'node:crypto';
import { dayInZone } from '../core/day.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { readOneTtl, readTtls, showTtl } from '../flows/ttl/read.ts';
import { demandScope, dropTtl, keepTtl, setTtl } from '../flows/ttl/set-ttl.ts';
import { composeNoTtl, composeTtl, composeTtls, type TtlShown } from '../view/messages/ttl.ts';
import { findMeant } from './thing.ts';
import { tokenise } from './tokens.ts';
import { parseTtl, type TtlWords } from './ttl/parse.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const ttl: Command = {
  name: 'ttl',
  task: 'act',
  summary: 'Until when an experiment may go on: its owner is asked before, then stopping it is proposed',
  usage: '[SCOPE [48h|3d|until DAY|keep 24h|keep until DAY|off] ["REASON"]]',
  examples: [
    'ttl',
    'ttl experiment:ablation-7 48h "two nights are enough"',
    'ttl experiment:ablation-7 until 2026-12-01',
    'ttl experiment:ablation-7 keep 24h',
    'ttl experiment:ablation-7 off',
  ],
  offer: 'ttl',
  async run(context, args) {
    const words = parseTtl(tokenise(args));
    if (words.verb === 'list') return list(context);
    const meant = await findMeant(
      context,
      words.thing,
      (scope) => `ttl ${args.replace(words.thing, () => scope)}`,
    );
    if (!meant.scope) return meant.asked;
    demandScope(meant.scope);
    return carryOn(context, meant.scope, words, args);
  },
};

async function list(context: CommandContext): Promise<CommandResult> {
  const ttls = await readTtls(context);
  return {
    view: composeTtls(ttls, whenOf(context)),
    data: { question: 'ttl', rows: ttls.map(toJson), warnings: [] },
  };
}

async function carryOn(
  context: CommandContext,
  scope: Scope,
  words: Exclude<TtlWords, { verb: 'list' }>,
  args: string,
): Promise<CommandResult> {
  const { actor } = context;
  const parts = { newId: randomUUID };
  const question = `ttl ${args}`.trim();
  if (words.verb === 'show') {
    const shown = await readOneTtl(context, scope);
    return {
      view: shown ? composeTtl(shown, whenOf(context)) : composeNoTtl(scope),
      data: { question, ...(shown ? toJson(shown) : { scope: scopeKey(scope), until: null }), warnings: [] },
    };
  }
  if (words.verb === 'off') {
    const gone = await showTtl(context, await dropTtl(context, actor, scope, parts));
    return {
      view: composeTtl(gone, whenOf(context), 'off'),
      data: { question, ...toJson(gone), warnings: [] },
    };
  }
  const change = words.verb === 'keep' ? keepTtl : setTtl;
  const { until, reason } = words;
  const stored = await change(context, actor, { scope, until, ...(reason && { reason }) }, parts);
  const shown = await showTtl(context, stored);
  return {
    view: composeTtl(shown, whenOf(context), words.verb),
    data: { question, ...toJson(shown), warnings: [] },
  };
}

function whenOf({ settings, now }: CommandContext) {
  const { timeZone } = settings;
  return { today: dayInZone(now(), timeZone), timeZone };
}

function toJson({ scope, until, by, reason, askedAt, proposal, endedAt }: TtlShown) {
  return {
    scope: scopeKey(scope),
    until: until.toISOString(),
    setBy: by,
    reason: reason ?? null,
    askedAt: askedAt?.toISOString() ?? null,
    proposal: proposal?.id ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
