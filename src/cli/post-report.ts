/** `pennywatch report … --post`: posts the report from this terminal, with the server's credentials. */
import { type ChartAddress, chartAddressOf, createChat } from '../chat-wiring.ts';
import type { LoadedConfig } from '../config.ts';
import { AppError } from '../core/errors.ts';
import type { Context } from '../flows/context.ts';
import { createOutbox, createPoster } from '../flows/post-outbox.ts';
import { type ByHand, postReport } from '../flows/post-report.ts';
import { runInPlace } from '../threads/in-place.ts';
import { newId, OWNER } from '../threads/tasks.ts';

/** Says in which channels it is. Throws CONFIG without credentials, UPSTREAM when a platform does not take it. */
export async function postFromTerminal(
  context: Context,
  config: LoadedConfig,
  request: ByHand,
): Promise<string[]> {
  const { log, now, store } = context;
  const threads = runInPlace(context);
  // Nothing is received here; a server that runs answers the buttons.
  const charts = addressOf(config);
  const { platforms } = createChat(config.environment, {
    dispatch: async () => [],
    threads,
    log,
    now,
    ...(charts && { charts }),
  });
  if (Object.keys(platforms).length === 0)
    throw new AppError('CONFIG', 'No chat platform is set up here, so nothing can be posted.', {
      hint: 'Set the variables of Slack or Teams as for `pennywatch serve`; see README, "Connect Slack" and "Connect Teams".',
    });
  try {
    const channels = await postReport(context, { owner: OWNER, newId }, request);
    const { failed } = await createPoster({ outbox: createOutbox(store), platforms, now, log }).post();
    if (failed > 0)
      throw new AppError('UPSTREAM', 'Not every message was taken.', {
        hint: 'The log says why. A running server tries again; see also pennywatch doctor.',
      });
    return channels;
  } finally {
    await threads.close();
  }
}

/** The server that runs shows the charts; a local one signs with a secret that only it knows. */
function addressOf({ environment }: LoadedConfig): ChartAddress | undefined {
  return environment.teams?.local ? undefined : chartAddressOf(environment, () => '');
}
