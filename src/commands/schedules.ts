/** Off-hours schedules: next turns, what became of the last ones, what was left out and why. */
import { scopeKey } from '../core/scope.ts';
import { readSchedules } from '../flows/off-hours/report.ts';
import { composeSchedules, type ScheduleShown } from '../view/messages/off-hours.ts';
import type { Command } from './types.ts';

export const schedules: Command = {
  name: 'schedules',
  task: 'act',
  summary: 'Off-hours schedules: when what is stopped and started, and what was left out and why',
  usage: '',
  examples: ['schedules'],
  offer: 'schedules',
  async run(context) {
    const shown = await readSchedules(context);
    const { mode } = context.settings.actions;
    return {
      view: composeSchedules(shown, mode),
      data: { question: 'schedules', mode, rows: shown.map(rowOf), warnings: [] },
    };
  },
};

function rowOf(schedule: ScheduleShown) {
  const { scope, nextStop, nextStart, turns, today: _, ...facts } = schedule;
  return {
    ...facts,
    scope: scopeKey(scope),
    nextStop: nextStop?.toISOString() ?? null,
    nextStart: nextStart?.toISOString() ?? null,
    turns: turns.map(({ turn, at, proposal, skipped }) => ({
      turn,
      at: at.toISOString(),
      proposal: proposal?.id ?? null,
      status: proposal?.status ?? null,
      skipped: skipped ?? null,
    })),
  };
}
