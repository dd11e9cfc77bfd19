/** The app's home: my team's month, my models, my budgets, and what I probably want next. */
import type { CostAnswer } from '../../core/answer.ts';
import type { Standing } from '../../core/authorise.ts';
import { quoteName } from '../../core/question.ts';
import { type Button, bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { formatChange, formatMoney, formatPeriod, formatShare } from '../format.ts';
import { smallPrint } from './answer-small-print.ts';
import { answerTable } from './answer-table.ts';
import { whySpans } from './answer-why.ts';
import { comparison } from './answer-words.ts';
import { type BudgetShown, budgetTable } from './budgets.ts';
import { command } from './home-lines.ts';
import { standingElements, waitingElements } from './home-mine.ts';
import { homeShortcuts } from './home-shortcuts.ts';
import type { HomeMine } from './home-types.ts';

/** Models of mine named with a button each. */
const MINE = 5;
/** Most budgets on the home; the others are one click away. */
const BUDGETS = 12;

export function composeHome(input: {
  organisation: string;
  who: Standing;
  month: CostAnswer;
  team?: string;
  otherTeams: readonly string[];
  owned: readonly string[];
  budgets: readonly BudgetShown[];
  /** What waits for the reader; absent for strangers. */
  mine?: HomeMine;
  /** Commands that exist, so that no button leads nowhere. */
  commands: readonly string[];
}): View {
  const { who, month, team, otherTeams, owned, budgets, mine } = input;
  const why = whySpans(month);
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: headline(input) },
    { kind: 'text', spans: summary(month) },
    why && { kind: 'text', spans: why },
    who.kind === 'stranger' ? { kind: 'text', spans: welcome(who) } : undefined,
    ...(mine ? waitingElements(mine, month.today) : []),
    { kind: 'actions', buttons: homeShortcuts(input) },
    { kind: 'divider' },
    { kind: 'text', spans: [bold(team === undefined ? 'Teams' : `Models of ${team}`)] },
    answerTable(month),
    owned.length > 0 ? { kind: 'text', spans: [bold('Yours: '), text(owned.join(', '))] } : undefined,
    owned.length > 0
      ? {
          kind: 'actions',
          buttons: owned.slice(0, MINE).map((name): Button => command(name, `model ${quoteName(name)}`)),
        }
      : undefined,
    budgets.length > 0 ? { kind: 'text', spans: [bold('Budgets')] } : undefined,
    budgets.length > 0
      ? budgetTable(budgets.slice(0, BUDGETS), {
          today: month.today,
          brief: true,
          left: Math.max(budgets.length - BUDGETS, 0),
        })
      : undefined,
    otherTeams.length > 0
      ? {
          kind: 'actions',
          buttons: otherTeams.map((name) => command(`Team ${name}`, `team ${quoteName(name)} mtd`)),
        }
      : undefined,
    ...(mine ? standingElements(mine) : []),
    ...smallPrint(month),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

function headline({
  month,
  team,
  organisation,
}: {
  month: CostAnswer;
  team?: string;
  organisation: string;
}): string {
  const { total, currency, question, period, today } = month;
  const amount = total === null ? 'cost unknown' : formatMoney(total, currency);
  return `${team ?? organisation}: ${amount} ${formatPeriod(question.period, period, today)}`;
}

function summary(month: CostAnswer): Span[] {
  const { change, changeRatio, previousTotal, currency, budget } = month;
  const spans: Span[] = [];
  if (change !== null)
    spans.push(
      bold(formatChange({ change, changeRatio, previous: previousTotal }, currency)),
      text(`${comparison(month)}. `),
    );
  if (budget)
    spans.push(
      text(
        budget.usedRatio === null
          ? `What is used of the ${formatMoney(budget.amount, budget.currency)} ${budget.period} budget is unknown.`
          : `${formatShare(budget.usedRatio)} of the ${formatMoney(budget.amount, budget.currency)} ${budget.period} budget is used.`,
      ),
    );
  return spans.length > 0 ? spans : [text('There is nothing earlier to compare with, and no budget.')];
}

function welcome({ platform, id }: { platform: string; id: string }): Span[] {
  return [
    text(
      'You are not in pennywatch.yaml yet, so this is the whole organisation. To see your team here, have yourself added to its members with ',
    ),
    code(`${platform}: ${id}`),
    text('.'),
  ];
}
