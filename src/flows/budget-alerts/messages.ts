/** The message about one threshold of a budget, for every place it goes to. */
import type { Course } from '../../analysis/budgets/course.ts';
import type { BudgetSpan } from '../../analysis/budgets/span.ts';
import type { Threshold } from '../../analysis/budgets/thresholds.ts';
import { budgetKey } from '../../core/budget.ts';
import { type Day, dayInZone, daysBetween, earlier, later } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import type { StoredBudget } from '../../store/budgets.ts';
import { type FoundOwner, findOwner, listMembers } from '../../store/organisation.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import { composeBudgetAlert } from '../../view/messages/budget-alert.ts';
import type { BudgetShown } from '../../view/messages/budget-types.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { placesOfTeam, toMessages } from '../notices.ts';
import { isOnAnyPlatform } from '../person-ids.ts';

/** From here on somebody must act; below it is for information. */
const CALLS_FROM = 90;

export interface ToldBudget {
  readonly budget: StoredBudget;
  readonly course: Course;
  readonly span: BudgetSpan;
  readonly tell: Threshold;
  readonly team?: string;
}

export async function alertMessages(
  context: Context,
  newId: NewId | undefined,
  { budget, course, span, tell, team }: ToldBudget,
): Promise<OutgoingMessage[]> {
  const today = dayInZone(context.now(), context.settings.timeZone);
  const shown = shownOf(budget, { course, span, today, ...(team && { team }) });
  const owner = await ownerOf(context, budget, team);
  const people = new Set(
    (await listMembers(context.store)).flatMap(({ identities }) => identities.map(({ id }) => id)),
  );
  const key = `budget-alert:${budgetKey(budget)} ${span.start} ${tell.kind} ${tell.percent} of ${budget.amountMicros}${budget.currency}`;
  const messages: OutgoingMessage[] = [];
  for (const place of await placesOfTeam(context, team)) {
    const called = tell.percent >= CALLS_FROM && !people.has(place.channel) ? idsOfOwner(owner) : undefined;
    const view = composeBudgetAlert({
      budget: shown,
      kind: tell.kind,
      percent: tell.percent,
      ...(owner && { owner: { name: owner.name, ...(called && { ids: called }) } }),
      today,
    });
    const about = `budget of ${budget.scope} at ${tell.percent} %`;
    messages.push(...(await toMessages(context, newId, { places: [place], view, key, about })));
  }
  return messages;
}

/** As `/cost budget` shows it, but with the figures of complete days alone. */
function shownOf(
  budget: StoredBudget,
  { course, span, today, team }: { course: Course; span: BudgetSpan; today: Day; team?: string },
): BudgetShown {
  const { amountMicros: amount, currency, period, metric } = budget;
  const current = { start: span.start, end: span.end ?? later(span.start, today) };
  const gone = earlier(current.end, course.until ?? current.start);
  const length = daysBetween(current.start, current.end) + 1;
  return {
    ...budget,
    ...(team && { team }),
    use: {
      amount,
      currency,
      period,
      current,
      spent: course.used,
      usedRatio: amount > 0n ? Number(course.used) / Number(amount) : null,
      ...(metric && { metric }),
      ...(span.end === undefined && { openEnd: true }),
    },
    elapsedRatio:
      span.end === undefined ? null : course.until ? (daysBetween(current.start, gone) + 1) / length : 0,
    depth: 0,
    across: false,
    course,
  };
}

/** The scope's owner, else the team's. */
async function ownerOf(
  { store }: Context,
  { scope }: StoredBudget,
  team: string | undefined,
): Promise<FoundOwner | undefined> {
  const own = await findOwner(store, parseScope(scope));
  return own ?? (team === undefined ? undefined : findOwner(store, { kind: 'team', name: team }));
}

function idsOfOwner(owner: FoundOwner | undefined): Readonly<Record<string, string>> | undefined {
  return owner?.kind === 'person' && isOnAnyPlatform(owner.ids) ? owner.ids : undefined;
}
