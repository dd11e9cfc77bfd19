/** The commands that answer a cost question about a model, a team or a service. */

import { DEFAULT_PERIOD } from '../core/period.ts';
import type { CostQuestion, Subject } from '../core/question.ts';
import { answerCost } from '../flows/answer-cost.ts';
import { findName, type Kind } from '../flows/find-name.ts';
import { composeAnswerChart } from '../view/messages/answer-chart.ts';
import { composeCostAnswer } from '../view/messages/cost-answer.ts';
import { composeUnknownName } from '../view/messages/unknown-name.ts';
import { answerJson } from './answer-json.ts';
import { type CommandWords, parseWords } from './grammar.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export function costCommand(
  kind: Kind,
  words: Pick<Command, 'summary' | 'examples' | 'task' | 'offer'>,
): Command {
  return {
    name: kind,
    usage: `NAME|all [TIME] [by COLUMN] [in CURRENCY] [--basis effective|billed|list]`,
    ...words,
    async run(context, args) {
      const parsed = parseWords(args);
      const subject = await findSubject(context, kind, parsed.name);
      if (subject.kind === 'not-found')
        return unknownName({ kind, typed: parsed.name, close: subject.close, words: parsed });
      return answer(context, `${kind} ${args}`.trim(), questionOf(subject, parsed));
    },
  };
}

export function questionOf(subject: Subject, { period, by, currency, basis }: CommandWords): CostQuestion {
  return { subject, period: period ?? DEFAULT_PERIOD, by, currency, basis: basis ?? 'effective' };
}

/** The full answer to a question, as message and as data. */
export async function answer(
  context: CommandContext,
  text: string,
  question: CostQuestion,
): Promise<CommandResult> {
  const cost = await answerCost(context, question);
  return { view: composeCostAnswer(cost, composeAnswerChart(cost)), data: answerJson(text, cost) };
}

type Lookup = Subject | { kind: 'not-found'; close: readonly { kind: Kind; name: string }[] };

async function findSubject(context: CommandContext, kind: Kind, typed: string): Promise<Lookup> {
  const word = typed.toLowerCase();
  if (word === '' || word === 'all' || word === `all ${kind}s`) return { kind: 'all', of: kind };
  if (word === 'unallocated' && kind !== 'service') return { kind: 'unallocated', of: kind };
  const found = await findName(context, kind, typed);
  if (found.name !== undefined) return { kind, name: found.name };
  const slash = typed.lastIndexOf('/');
  if (kind === 'model' && slash > 0) {
    const stage = typed.slice(slash + 1).toLowerCase();
    const model = await findName(context, kind, typed.slice(0, slash));
    if (model.name !== undefined) {
      if (['training', 'inference', 'data', 'other'].includes(stage))
        return { kind, name: model.name, stage };
      return { kind: 'not-found', close: [{ kind, name: model.name }] };
    }
  }
  return { kind: 'not-found', close: found.close };
}

function unknownName(input: {
  kind: Kind;
  typed: string;
  close: readonly { kind: Kind; name: string }[];
  words: CommandWords;
}): CommandResult {
  const { kind, typed, close, words } = input;
  const offers = close.map((name) => ({
    ...name,
    question: questionOf({ kind: name.kind, name: name.name }, words),
  }));
  return {
    view: composeUnknownName({ kind, typed, offers }),
    data: {
      error: { code: 'NOT_FOUND', message: `There is no ${kind} called "${typed}".` },
      kind,
      name: typed,
      closest: close,
    },
  };
}
