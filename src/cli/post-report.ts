/** `pennywatch report … --post`: posts the report from this terminal, with the server's credentials. */
import { createSlack } from '../chat/slack/index.ts';
import type { LoadedConfig } from '../config.ts';
import { AppError } from '../core/errors.ts';
import type { Context } from '../flows/context.ts';
import { createOutbox, createPoster } from '../flows/post-outbox.ts';
import { type ByHand, postReport } from '../flows/post-report.ts';
import { newId, OWNER } from '../threads/tasks.ts';
import { rasterise } from '../view/charts/rasterise.ts';

/** Says in which channels it is. Throws CONFIG without credentials, UPSTREAM when Slack does not take it. */
export async function postFromTerminal(
  context: Context,
  config: LoadedConfig,
  request: ByHand,
): Promise<string[]> {
  const { slack: credentials } = config.environment;
  if (!credentials)
    throw new AppError('CONFIG', 'Slack is not set up here, so nothing can be posted.', {
      hint: 'Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN) as for `pennywatch serve`.',
    });
  const { log, now, store } = context;
  const slack = createSlack(credentials, {
    // Nothing is received here; a server that runs answers the buttons.
    dispatch: async () => [],
    drawChart: (chart) => rasterise(chart),
    log,
  });
  const channels = await postReport(context, { owner: OWNER, newId }, request);
  const poster = createPoster({ outbox: createOutbox(store), platforms: { slack }, now, log });
  const { failed } = await poster.post();
  if (failed > 0)
    throw new AppError('UPSTREAM', 'Slack did not take every message.', {
      hint: 'The log says why. A running server tries again; see also pennywatch doctor.',
    });
  return channels;
}
