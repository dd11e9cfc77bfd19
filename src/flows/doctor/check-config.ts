/** Is the configuration right? */
import { failed } from './guard.ts';
import type { DoctorCheck, DoctorInput } from './types.ts';

const NAMED = { id: 'config', title: 'Configuration' };

export function checkConfig({ path, settings, error }: DoctorInput['config']): DoctorCheck {
  if (error !== undefined) return failed(NAMED, error);
  if (!path || !settings)
    return {
      ...NAMED,
      status: 'warn',
      detail: 'There is no pennywatch.yaml; the defaults hold, and no team or model has an owner.',
      mend: 'Copy pennywatch.example.yaml to pennywatch.yaml and name your teams and models.',
    };
  const counts = [
    count(settings.teams, 'team'),
    count(settings.models, 'model'),
    count(settings.budgets, 'budget'),
    count(settings.rules, 'allocation rule'),
  ];
  return { ...NAMED, status: 'ok', detail: `${path}: ${counts.join(', ')}.` };
}

function count(list: readonly unknown[], word: string): string {
  return `${list.length} ${word}${list.length === 1 ? '' : 's'}`;
}
