/** LiteLLM: the proxy's spend and tokens per day, team, key and model. */
import { addDays, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Access, BillingSource, SourceCheck } from '../types.ts';
import { about, permissions } from './about.ts';
import { openProxy, readActivity, readLogs, readTeams } from './client.ts';
import { fetchSpend } from './fetch.ts';
import { LiteLlmSettings } from './settings.ts';

export const litellm: BillingSource<LiteLlmSettings> = {
  id: 'litellm',
  about,
  settings: LiteLlmSettings,
  permissions,
  check,
  fetch: fetchSpend,
};

/** Asks for the teams, which only admins may, and for yesterday's spend. */
async function check(settings: LiteLlmSettings, access: Access): Promise<readonly SourceCheck[]> {
  const yesterday = addDays(msToDay(access.now()), -1);
  try {
    const proxy = openProxy(settings, access);
    const teams = await readTeams(proxy);
    const read = settings.by === 'spend-logs' ? readLogs : readActivity;
    await read(proxy, yesterday).next();
    const said = `The key in ${settings.keyVariable} reads the spend of all of ${proxy.host} (teams with a name: ${teams.size}).`;
    return [{ ok: true, said }];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ ok: false, said: error.message, ...(error.hint !== undefined && { hint: error.hint }) }];
  }
}
