/** Checks everything Pennywatch needs and says how to mend what is wrong. */
import type { Settings, SourceSettings } from '../core/settings.ts';
import { accountChecks, checkMode } from './doctor/check-actions.ts';
import { checkFonts, checkTemplates } from './doctor/check-assets.ts';
import { checkPlatform } from './doctor/check-chat.ts';
import { checkConfig } from './doctor/check-config.ts';
import { checkDatabase } from './doctor/check-database.ts';
import { checkDisk } from './doctor/check-disk.ts';
import { checkGroups } from './doctor/check-groups.ts';
import { checkIntegrations } from './doctor/check-integrations.ts';
import { checkSource } from './doctor/check-sources.ts';
import { guarded } from './doctor/guard.ts';
import type {
  ActionsToCheck,
  DoctorCheck,
  DoctorInput,
  DoctorReport,
  SourcesToCheck,
} from './doctor/types.ts';

export { renderDoctor } from './doctor/render.ts';
export type {
  ActionsToCheck,
  DoctorCheck,
  DoctorInput,
  DoctorReport,
  PlatformToCheck,
  SourcesToCheck,
} from './doctor/types.ts';

const PATIENCE = 15_000;

/** Runs every check, whatever the others find. Never throws and changes nothing. */
export async function doctor(input: DoctorInput): Promise<DoctorReport> {
  const { config, databaseUrl, platforms, patience = PATIENCE } = input;
  const checks = await Promise.all([
    guarded({ id: 'config', title: 'Configuration' }, async () => [checkConfig(config)]),
    guarded({ id: 'database', title: 'Database' }, () =>
      checkDatabase(databaseUrl, input.now(), config.settings),
    ),
    guarded({ id: 'disk', title: 'Disk space' }, async () => [await checkDisk(databaseUrl)]),
    guarded({ id: 'templates', title: 'Templates' }, async () => [
      checkTemplates(input.templates, config.path),
    ]),
    guarded({ id: 'fonts', title: 'Chart fonts' }, async () => [checkFonts(input.fonts)]),
    ...platforms.map((platform) =>
      guarded({ id: `chat-${platform.id}`, title: platform.title }, async () => [
        await checkPlatform(platform, patience),
      ]),
    ),
    ...(input.sources ? checksOf(config.settings?.sources ?? [], input.sources, patience) : []),
    ...(config.settings && input.actions ? actingChecks(config.settings, input.actions, patience) : []),
  ]);
  return { checks: checks.flat() };
}

function checksOf(
  configured: readonly SourceSettings[],
  part: SourcesToCheck,
  patience: number,
): Promise<readonly DoctorCheck[]>[] {
  return configured.map((source) =>
    guarded({ id: `source-${source.name}-access`, title: `${source.name} answers` }, async () => [
      await checkSource(source, part, patience),
    ]),
  );
}

function actingChecks(
  settings: Settings,
  part: ActionsToCheck,
  patience: number,
): Promise<readonly DoctorCheck[]>[] {
  return [
    guarded({ id: 'actions', title: 'Acting' }, async () => [checkMode(settings)]),
    guarded({ id: 'actions-accounts', title: 'Acting' }, () =>
      Promise.all(accountChecks(settings, part, patience)),
    ),
    guarded({ id: 'user-groups', title: 'User groups' }, () =>
      checkGroups(settings, part.directories, patience),
    ),
    guarded({ id: 'integrations', title: 'Integrations' }, async () =>
      checkIntegrations(settings.integrations, part.variable),
    ),
  ];
}

/** 0 when nothing failed, 2 when the configuration did, 1 when something else did. */
export function doctorExitCode({ checks }: DoctorReport): 0 | 1 | 2 {
  const failed = checks.filter(({ status }) => status === 'fail');
  if (failed.some(({ id }) => id === 'config')) return 2;
  return failed.length > 0 ? 1 : 0;
}
