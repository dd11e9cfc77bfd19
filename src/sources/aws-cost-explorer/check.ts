/** Whether polling would work now: one request per payer for yesterday. */
import { addDays, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Access, SourceCheck } from '../types.ts';
import { createAsker } from './ask.ts';
import { createClient, FEW_ATTEMPTS } from './client.ts';
import { SERVICE } from './dimensions.ts';
import { type AwsSettings, payersOf } from './settings.ts';

export async function checkAccess(settings: AwsSettings, access: Access): Promise<SourceCheck[]> {
  const today = msToDay(access.now());
  const checks: SourceCheck[] = [];
  for (const payer of payersOf(settings)) {
    const who = payer.name ?? payer.account ?? payer.roleArn ?? 'the account of the credentials';
    try {
      const client = await createClient(settings, payer, access, FEW_ATTEMPTS);
      try {
        const asker = createAsker({
          client,
          access,
          granularity: 'DAILY',
          start: addDays(today, -1),
          end: today,
          metrics: [settings.billedMetric, settings.effectiveMetric],
        });
        const rows = await asker.ask({ groupBy: [SERVICE], where: [] });
        const services = new Set(rows.map(({ values }) => values[0])).size;
        checks.push({
          ok: true,
          said: `AWS Cost Explorer answers for ${who}: ${services} services yesterday so far (asking cost $0.01).`,
        });
      } finally {
        client.close();
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      checks.push({
        ok: false,
        said: `${who}: ${error.message}`,
        ...(error.hint !== undefined && { hint: error.hint }),
      });
    }
  }
  return checks;
}
