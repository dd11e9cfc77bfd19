/** Planned spend: says beforehand what will cost more, so that it is no anomaly when it comes. */
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { parseScope, scopeKey } from '../core/scope.ts';
import { dropPlan, planSpend, readPlans } from '../flows/plans.ts';
import { composePlanned, composePlanRemoved, composePlans } from '../view/messages/plans.ts';
import { planChart } from './plan/chart.ts';
import { planJson } from './plan/json.ts';
import { parsePlan } from './plan/parse.ts';
import { findMeant } from './thing.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const plan: Command = {
  name: 'plan',
  task: 'change',
  summary: 'Planned spend: told beforehand, it is no anomaly when it comes',
  usage: '[list|SCOPE AMOUNT [CURRENCY] DAYS ["WHY"]|SCOPE|remove NUMBER]',
  examples: ['plan', 'plan model:bert/training 5000 2026-12-10..14 "retrain"', 'plan remove 3'],
  offer: 'plan list',
  async run(context, args) {
    const tokens = tokenise(args);
    const [first, ...rest] = tokens;
    const verb = first && !first.quoted ? first.text.toLowerCase() : '';
    if (!first || verb === 'list' || verb === 'all') return list(context);
    if (verb === 'remove' || verb === 'delete') return remove(context, rest);
    const words = verb === 'add' || verb === 'set' ? rest : tokens;
    return words.some(({ text }) => /\d/.test(text)) && words.length > 1
      ? add(context, args, words)
      : ofScope(context, words);
  },
};

async function list(context: CommandContext): Promise<CommandResult> {
  const { today, plans } = await readPlans(context);
  return {
    view: composePlans({ title: 'Planned spend', today, plans }),
    data: { question: 'plan', rows: plans.map(planJson) },
  };
}

async function ofScope(context: CommandContext, tokens: readonly Token[]): Promise<CommandResult> {
  const typed = tokens.map(({ text }) => text).join(' ');
  const meant = await findMeant(context, typed, (scope) => `plan ${scope}`);
  if (!meant.scope) return meant.asked;
  const { today, plans } = await readPlans(context, meant.scope);
  return {
    view: composePlans({ title: `Planned for ${scopeKey(meant.scope)}`, today, plans }),
    data: { question: `plan ${scopeKey(meant.scope)}`, rows: plans.map(planJson) },
  };
}

async function add(context: CommandContext, args: string, tokens: readonly Token[]): Promise<CommandResult> {
  const { settings, actor } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const { thing, amount, days, reason } = parsePlan(tokens, settings.currency, today);
  const rest = args.trim().replace(/^(add|set)\s+/i, '');
  const meant = await findMeant(context, thing, (scope) => `plan ${rest.replace(thing, () => scope)}`);
  if (!meant.scope) return meant.asked;
  const made = await planSpend(context, actor, {
    scope: meant.scope,
    amount,
    days,
    ...(reason && { reason }),
  });
  return {
    view: composePlanned(made, today, await planChart(context, made)),
    data: { question: `plan ${args}`, ...planJson(made) },
  };
}

async function remove(context: CommandContext, tokens: readonly Token[]): Promise<CommandResult> {
  const id = Number(tokens[0]?.text.replace(/^#/, ''));
  if (tokens.length !== 1 || !Number.isSafeInteger(id) || id <= 0)
    throw new AppError('INVALID', 'Which plan?', {
      hint: 'Write its number: plan remove 3. See them: plan.',
    });
  const today = dayInZone(context.now(), context.settings.timeZone);
  const gone = await dropPlan(context, context.actor, id);
  return {
    view: composePlanRemoved({ ...gone, scope: parseScope(gone.scope) }, today),
    data: { question: `plan remove ${id}`, removed: id },
  };
}
