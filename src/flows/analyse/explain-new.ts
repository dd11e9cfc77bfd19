/** Explanations of what is new or has gone on: the most severe first, and no more than may be waited for. */
import { SEVERITIES } from '../../core/analysis-settings.ts';
import type { Explanation, FoundAnomaly } from '../../core/anomaly.ts';
import type { Context } from '../context.ts';
import { explainAnomaly } from '../explain.ts';

/** The others are explained by later runs, or when somebody asks. */
const MOST = 40;

/** An explanation that fails is a fault of ours: it is logged, and the anomaly goes without. */
export async function explainAll(
  context: Context,
  found: readonly FoundAnomaly[],
): Promise<Map<FoundAnomaly, Explanation>> {
  const rank = ({ severity }: FoundAnomaly) => SEVERITIES.indexOf(severity);
  const first = [...found].sort((a, b) => rank(b) - rank(a)).slice(0, MOST);
  const explained = new Map<FoundAnomaly, Explanation>();
  for (const one of first)
    try {
      explained.set(one, await explainAnomaly(context, one));
    } catch (error) {
      context.log.error({ err: error, path: one.path }, 'an anomaly could not be explained');
    }
  return explained;
}
