/** OpenAI: costs by project and line item, tokens and requests by model. */
import { addDays, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { monthBatches } from '../month-batches.ts';
import type { Access, BillingSource, FetchRequest, SourceCheck } from '../types.ts';
import { about, permissions } from './about.ts';
import { openApi, VENDOR } from './client.ts';
import { toCharge } from './map.ts';
import { readCosts, readProjects, readUsage } from './requests.ts';
import { OpenAiSettings } from './settings.ts';

export const openai: BillingSource<OpenAiSettings> = {
  id: 'openai',
  about,
  settings: OpenAiSettings,
  permissions,
  check,
  fetch,
};

/** Asks for yesterday's costs. */
async function check(settings: OpenAiSettings, access: Access): Promise<readonly SourceCheck[]> {
  const yesterday = addDays(msToDay(access.now()), -1);
  try {
    const api = openApi(settings, access);
    await readCosts(api, { start: yesterday, end: yesterday }, 1).next();
    return [{ ok: true, said: `The key in ${settings.keyVariable} reads the organization's costs.` }];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ ok: false, said: error.message, ...(error.hint !== undefined && { hint: error.hint }) }];
  }
}

async function* fetch(settings: OpenAiSettings, request: FetchRequest) {
  const api = openApi(settings, request);
  const { names, warnings } = await readProjects(api);
  const { organization, keys } = settings;
  yield* monthBatches(request, {
    vendor: VENDOR,
    warnings,
    costs: (window) => readCosts(api, window),
    charge: (day, cost) => toCharge(day, cost, { names, organization }),
    ...(settings.usage && { usage: (window) => readUsage(api, window, { names, keys }) }),
  });
}
