/** The least that a Bolt app can do: verify the signature and acknowledge. */
import { createServer } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';
import { listenToParent, startOf } from './child.ts';
import { BOT_TOKEN, type EchoStart, SIGNING_SECRET } from './words.ts';

const { slackUrl } = startOf<EchoStart>();
const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, endpoints: ['/slack/events'] });
const app = new App({
  receiver,
  clientOptions: { slackApiUrl: `${slackUrl}/api/` },
  authorize: async () => ({ botToken: BOT_TOKEN }),
});
app.command(/.*/, async ({ ack }) => {
  await ack();
});

const server = createServer(receiver.requestListener.bind(receiver));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  listenToParent(`http://127.0.0.1:${port}/slack/events`, {});
});
