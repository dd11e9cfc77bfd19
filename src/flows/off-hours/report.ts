/** Every schedule with its next turns and what became of the last ones. */
import { nextTurn } from '../../analysis/schedule/off-hours.ts';
import { FINAL_STATES, type OffHoursSchedule } from '../../core/action.ts';
import { addDays, type Day, dayInZone, weekday } from '../../core/day.ts';
import { WEEKDAYS } from '../../core/settings.ts';
import { listTurns, type StoredTurn } from '../../store/off-hours.ts';
import { type ScheduleShown, TURNS, type TurnShown } from '../../view/messages/off-hours.ts';
import { outcomeWords } from '../../view/messages/proposal-words.ts';
import type { Context } from '../context.ts';
import { demandProposal } from '../proposals/demand-proposal.ts';
import { showProposal } from '../proposals/shown.ts';
import { clockOf, type ScheduleClock } from './clock.ts';

const BACK = 30 * 86_400_000;
/** A day off that is further away is of no interest yet. */
const AHEAD = 45;

export async function readSchedules(context: Context): Promise<ScheduleShown[]> {
  const shown: ScheduleShown[] = [];
  for (const schedule of context.settings.actions.schedules) shown.push(await readOne(context, schedule));
  return shown;
}

async function readOne(context: Context, schedule: OffHoursSchedule): Promise<ScheduleShown> {
  const { name, scope, environment, days, stop, start, country } = schedule;
  const clock = await clockOf(context, schedule);
  const now = context.now();
  const turns = await listTurns(context.store, {
    schedule: name,
    since: new Date(now - BACK),
    limit: TURNS,
  });
  const [nextStop, nextStart] = [nextTurn(clock, now, 'stop'), nextTurn(clock, now, 'start')];
  const today = dayInZone(now, clock.timeZone);
  const nextHoliday = findHoliday(clock, today);
  const told: TurnShown[] = [];
  for (const turn of turns) told.push(await showTurn(context, turn));
  return {
    name,
    scope,
    ...(environment !== undefined && { environment }),
    days,
    stop,
    ...(start !== undefined && { start }),
    timeZone: clock.timeZone,
    ...(country !== undefined && { country }),
    countryKnown: clock.countryKnown,
    ...(nextStop && { nextStop: new Date(nextStop.at) }),
    ...(nextStart && { nextStart: new Date(nextStart.at) }),
    ...(nextHoliday && { nextHoliday }),
    turns: told,
    today,
  };
}

function findHoliday(
  { days, holidayName }: ScheduleClock,
  today: Day,
): { readonly day: Day; readonly name: string } | undefined {
  for (let ahead = 0; ahead < AHEAD; ahead += 1) {
    const day = addDays(today, ahead);
    const name = holidayName(day);
    const weekdayName = WEEKDAYS[(weekday(day) + 6) % 7];
    if (name !== undefined && weekdayName !== undefined && days.includes(weekdayName)) return { day, name };
  }
  return undefined;
}

async function showTurn(
  { store }: Context,
  { turn, at, proposalId, skipped }: StoredTurn,
): Promise<TurnShown> {
  const proposal = proposalId === undefined ? undefined : await demandProposal(store, proposalId);
  return {
    turn,
    at,
    ...(proposal && {
      proposal: {
        id: proposal.id,
        status: proposal.status,
        words:
          FINAL_STATES.some((state) => state === proposal.status) && proposal.finishedAt && proposal.startedAt
            ? outcomeWords(await showProposal(store, proposal))
            : proposal.status,
      },
    }),
    ...(skipped !== undefined && { skipped }),
  };
}
