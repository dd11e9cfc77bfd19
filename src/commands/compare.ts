/** Costs side by side: which is dearer, by how much, and how each moved. */
import { AppError } from '../core/errors.ts';
import { microsToDecimal } from '../core/money.ts';
import { DEFAULT_PERIOD } from '../core/period.ts';
import { periodText, questionText, subjectOf } from '../core/question.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { compareCosts } from '../flows/compare-costs.ts';
import { readThings } from '../flows/find-thing.ts';
import { subjectTitle } from '../view/messages/answer-words.ts';
import { composeComparison } from '../view/messages/comparison.ts';
import { composeComparisonChart } from '../view/messages/comparison-chart.ts';
import type { ComparedThing } from '../view/messages/comparison-table.ts';
import { scopeTitle, scopeWord, withArticle } from '../view/messages/scope-words.ts';
import { answerJson } from './answer-json.ts';
import { type Named, namedThings } from './compare/parse.ts';
import { type CommandWords, parseNames } from './grammar.ts';
import { askBack } from './thing.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

const MOST = 4;
const HOW =
  'Write two to four names, for example: compare bert ranker-v3 last month, or compare team search growth. Names with spaces go in quotes.';

type Words = Omit<CommandWords, 'name'>;

export const compare: Command = {
  name: 'compare',
  task: 'why',
  summary: 'Two to four models, teams, services or features side by side: which is dearer, and by how much',
  usage: 'NAME NAME [NAME] [NAME] [TIME] [in CURRENCY] [--basis effective|billed|list]',
  examples: [
    'compare bert ranker-v3',
    'compare team search growth last month',
    'compare bert vs team:search 90d',
  ],
  offer: 'compare {model} {model2}',
  async run(context, args) {
    const { names, ...words } = parseNames(args);
    if (words.by)
      throw new AppError('INVALID', `A comparison is not broken down by ${words.by}.`, {
        hint: 'Leave "by …" out, or ask for each thing alone.',
      });
    const named = namedThings(names, await readThings(context));
    const asked = unclearOne(named, words);
    if (asked) return asked;
    const scopes = named.flatMap(({ scope }) => scope ?? []);
    if (scopes.length < 2)
      throw new AppError(
        'INVALID',
        scopes.length === 0 ? 'Compare what?' : `Compare ${scopeTitle(scopes[0] as Scope)} with what?`,
        { hint: HOW },
      );
    const other = scopes.find((scope) => !subjectOf(scope));
    if (other)
      throw new AppError(
        'INVALID',
        `I can't compare ${scopeTitle(other)}: no command asks what ${withArticle(other.kind)} costs.`,
        {
          hint: HOW,
        },
      );
    if (scopes.length > MOST)
      throw new AppError('INVALID', `${scopes.length} things are too many to compare.`, { hint: HOW });
    return sideBySide(context, args, scopes, words);
  },
};

/** The first name that is unknown, or stands for several things, is asked back with the others in place. */
function unclearOne(named: readonly Named[], words: Words): CommandResult | undefined {
  const wrong = named.find((one) => !one.scope);
  if (!wrong || wrong.scope) return undefined;
  const command = (chosen: string) =>
    commandOf(
      named.map((one) => (one === wrong ? chosen : one.scope ? scopeWord(one.scope) : `"${one.typed}"`)),
      words,
    );
  return askBack(wrong.typed, wrong, command);
}

async function sideBySide(
  context: CommandContext,
  args: string,
  scopes: readonly Scope[],
  words: Words,
): Promise<CommandResult> {
  const subjects = scopes.flatMap((scope) => subjectOf(scope) ?? []);
  const period = words.period ?? DEFAULT_PERIOD;
  const basis = words.basis ?? 'effective';
  const { answers, cut } = await compareCosts(context, subjects, { period, basis, currency: words.currency });
  const short = answers.map(({ question }) => subjectTitle(question.subject));
  const unique = new Set(short).size === short.length;
  const things = answers.map((answer, index): ComparedThing => {
    const scope = scopes[index] as Scope;
    return {
      title: unique ? (short[index] as string) : scopeTitle(scope),
      word: scopeWord(scope),
      command: questionText({ ...answer.question, period }),
      answer,
    };
  });
  const bare = commandOf(
    things.map(({ word }) => word),
    { ...words, period: undefined },
  );
  const view = composeComparison({
    things,
    cut,
    overlap: new Set(scopes.map(({ kind }) => kind)).size > 1,
    chart: composeComparisonChart(things),
    command: commandOf(
      things.map(({ word }) => word),
      words,
    ),
    bare,
  });
  return { view, data: comparisonJson(`compare ${args}`, things) };
}

function commandOf(names: readonly string[], { period, currency, basis }: Words): string {
  return [
    'compare',
    ...names,
    period && periodText(period),
    currency && `in ${currency}`,
    basis && basis !== 'effective' && `--basis ${basis}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function comparisonJson(text: string, things: readonly ComparedThing[]): Record<string, unknown> {
  const known = things.filter(({ answer }) => answer.total !== null);
  const sorted = [...known].sort((a, b) => ((a.answer.total ?? 0n) < (b.answer.total ?? 0n) ? 1 : -1));
  const [dearest, next] = sorted;
  const answers = things.map(({ answer }) => answerJson(questionText(answer.question), answer));
  const [first] = answers;
  return {
    question: text,
    period: first?.period ?? null,
    previous: first?.previous ?? null,
    currency: first?.currency ?? null,
    basis: first?.basis ?? null,
    dearest: dearest && next ? scopeOf(dearest) : null,
    difference:
      dearest && next ? microsToDecimal((dearest.answer.total ?? 0n) - (next.answer.total ?? 0n)) : null,
    things: answers,
    warnings: [...new Set(things.flatMap(({ answer }) => answer.warnings))],
  };
}

function scopeOf({ answer }: ComparedThing): string {
  const { subject } = answer.question;
  return subject.kind === 'all' || subject.kind === 'unallocated' ? 'org' : scopeKey(subject);
}
