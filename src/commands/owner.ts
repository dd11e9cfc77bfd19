/** Whose it is, and what says so; sets an owner, or makes the asker one. */
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { quoteName } from '../core/question.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { readThings } from '../flows/find-thing.ts';
import { listOwned, type OwnerReport, reportOwner } from '../flows/owner-report.ts';
import { claimOwner, dropOwner, type OwnerChange, setOwner } from '../flows/set-owner.ts';
import { composeOwned, composeOwner, composeOwnerChanged } from '../view/messages/owners.ts';
import { findMeant } from './thing.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

const HOW = 'Write for example: owner set model:bert mira@example.com.';

export const owner: Command = {
  name: 'owner',
  task: 'whose',
  summary: 'Who owns something and what says so; set an owner, or claim it',
  usage: '[SCOPE|set SCOPE PERSON|claim SCOPE|remove SCOPE]',
  examples: ['owner model:bert', 'owner set model:bert @mira', 'owner claim model:bert'],
  offer: 'owner {model}',
  async run(context, args) {
    const [first, ...rest] = tokenise(args);
    const verb = first && !first.quoted ? first.text.toLowerCase() : '';
    switch (verb) {
      case 'list':
        return list(context);
      case 'set':
        return set(context, args, rest);
      case 'claim':
        return change(context, args, rest, 'claim');
      case 'remove':
        return change(context, args, rest, 'remove');
      case 'show':
        return show(context, args, rest);
      default:
        return first ? show(context, args, [first, ...rest]) : list(context);
    }
  },
};

async function list(context: CommandContext): Promise<CommandResult> {
  const owned = await listOwned(context);
  return {
    view: composeOwned(owned),
    data: {
      question: 'owner list',
      rows: owned.map(({ scope, ...rest }) => ({ key: scope, ...rest })),
      warnings: [],
    },
  };
}

async function show(context: CommandContext, args: string, tokens: readonly Token[]): Promise<CommandResult> {
  const meant = await findMeant(context, wordsOf(tokens), (scope) => `owner ${scope}`);
  if (!meant.scope) return meant.asked;
  const report = await reportOwner(context, meant.scope);
  const { timeZone } = context.settings;
  const today = dayInZone(context.now(), timeZone);
  return {
    view: composeOwner({ ...report, today, timeZone }),
    data: { question: `owner ${args}`, ...reportJson(report), warnings: [] },
  };
}

function reportJson({ scope, owner: found, steps, team, setBy }: OwnerReport): Record<string, unknown> {
  const decided = steps.findIndex((step) => step.owner);
  return {
    scope: scopeKey(scope),
    owner: found ? { name: found.name, ...(found.kind === 'person' && { email: found.email }) } : null,
    team: team ?? null,
    setBy: setBy ? { name: setBy.name, at: setBy.at.toISOString() } : null,
    evidence: steps.map((step, index) => ({
      place: step.place,
      owner: step.owner?.name ?? null,
      ...(step.scope !== undefined && { scope: step.scope }),
      ...(step.tags && { tags: step.tags }),
      ...(step.rules && { rules: step.rules }),
      ...(step.team !== undefined && { team: step.team }),
      decides: index === decided,
    })),
  };
}

/** `owner set SCOPE PERSON`, also with "to" between them. */
async function set(context: CommandContext, args: string, tokens: readonly Token[]): Promise<CommandResult> {
  const words = tokens
    .filter(({ text, quoted }) => quoted || !/^(to|=)$/i.test(text))
    .map(({ text }) => text);
  const things = await readThings(context);
  const { thing, person } = splitPerson(words, (typed) => things.find(typed).found !== undefined);
  const meant = await findMeant(context, thing, (scope) => `owner set ${scope} ${quoteName(person)}`);
  if (!meant.scope) return meant.asked;
  return changed(
    args,
    meant.scope,
    await setOwner(context, context.actor, { scope: meant.scope, typed: person }),
  );
}

/** The person begins where a mention does ("@Mira Chen"), or after the longest name of a thing; else is the last word. */
function splitPerson(
  words: readonly string[],
  isThing: (typed: string) => boolean,
): { thing: string; person: string } {
  const mention = words.findIndex((word, index) => index > 0 && /^<?[@!]/.test(word));
  let at = mention > 0 ? mention : words.length - 1;
  while (mention < 0 && at > 1 && !isThing(words.slice(0, at).join(' '))) at--;
  if (mention < 0 && at === 1 && !isThing(words[0] ?? '')) at = words.length - 1;
  if (at < 1)
    throw new AppError('INVALID', words.length === 0 ? 'The owner of what?' : 'Who shall own it?', {
      hint: HOW,
    });
  return { thing: words.slice(0, at).join(' '), person: words.slice(at).join(' ') };
}

async function change(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
  verb: 'claim' | 'remove',
): Promise<CommandResult> {
  const meant = await findMeant(context, wordsOf(tokens), (scope) => `owner ${verb} ${scope}`);
  if (!meant.scope) return meant.asked;
  const run = verb === 'claim' ? claimOwner : dropOwner;
  return changed(args, meant.scope, await run(context, context.actor, meant.scope));
}

function changed(args: string, scope: Scope, { before, after }: OwnerChange): CommandResult {
  return {
    view: composeOwnerChanged({ scope, ...(before && { before }), ...(after && { after }) }),
    data: {
      question: `owner ${args}`,
      scope: scopeKey(scope),
      before: before ?? null,
      after: after ?? null,
      warnings: [],
    },
  };
}

function wordsOf(tokens: readonly Token[]): string {
  const typed = tokens.map(({ text }) => text).join(' ');
  if (typed) return typed;
  throw new AppError('INVALID', 'The owner of what?', { hint: 'Write for example: owner model:bert.' });
}
