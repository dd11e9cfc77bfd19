/** What is configured, where it comes from, and who the asker is. */
import { reportSettings } from '../flows/settings-report.ts';
import { composeSettings } from '../view/messages/settings.ts';
import type { Command } from './types.ts';

export const settings: Command = {
  name: 'settings',
  task: 'change',
  summary: 'What is configured and where it comes from, who you are here, and what you may change',
  usage: '',
  examples: ['settings'],
  offer: 'settings',
  async run(context) {
    const { settings: configured, actor, conversation } = context;
    const report = await reportSettings(context, actor, conversation);
    const { who, here, mayChange, counts, unrecognised } = report;
    const { organisation, timeZone, weekStart, currency, reports, admins, rules, splits, fx } = configured;
    return {
      view: composeSettings({ settings: configured, ...report }),
      data: {
        question: 'settings',
        organisation,
        timeZone,
        weekStart,
        currency,
        reports,
        admins,
        unrecognisedAdmins: unrecognised,
        rules: rules.map(({ name }) => name),
        splits: splits.map(({ name }) => name),
        rates: fx.length,
        counts,
        you: { ...who, mayChange, ...(here && { here }) },
        warnings: [],
      },
    };
  },
};
