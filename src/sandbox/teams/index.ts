/** Microsoft's local Teams client with the sample organisation in it, for the demo. */
import { join } from 'node:path';
import { WebSocket } from 'undici';
import type { TeamsEnvironment } from '../../config/environment-teams.ts';
import { TEAMS_PEOPLE, TEAMS_PLACES, TENANT_ID } from '../sample-org/teams.ts';
import { createHistory, type History } from './history.ts';
import { type Installed, installIn } from './install.ts';
import { CONNECTOR, STREAM, servePage } from './page-server.ts';
import { findPlayground, type Playground, startPlayground } from './playground.ts';
import { PERSONAL_CHAT } from './playground-file.ts';

/** What the server must be given: the local client proves nothing, and only this machine reaches it. */
export const LOCAL_TEAMS: TeamsEnvironment = {
  appType: 'SingleTenant',
  tenantId: TENANT_ID,
  tenants: [TENANT_ID],
  local: true,
  ownViews: true,
};

/** Where Microsoft's own documentation says that the client is. */
export const TEAMS_PORT = 56_150;

const CHANNELS = Object.values(TEAMS_PLACES).map(({ id }) => id);

export interface TeamsClient {
  /** Address of the page of a person of the sample organisation (`jon`); the first person's without one. */
  pageOf(person?: string): string;
  /** Starts the client, sends what is said there to the server, and installs the app in its channels. */
  connect(server: Installed): Promise<void>;
  /** Installs the app for the person whose page it is, who is then greeted. */
  greet(server: Installed): Promise<void>;
  close(): Promise<void>;
}

/** Takes the port at once. Throws NOT_FOUND where Microsoft's package is missing, CONFLICT where the port is taken. */
export async function openTeamsClient({
  dir,
  port,
}: {
  readonly dir: string;
  readonly port: number;
}): Promise<TeamsClient> {
  findPlayground();
  const history = createHistory();
  let playground: Playground | undefined;
  let stream: WebSocket | undefined;
  const page = await servePage({ target: () => playground?.port, history }, { port });
  return {
    pageOf(person) {
      if (!person || person === TEAMS_PEOPLE[0]?.key) return page.url;
      return page.url.replace('127.0.0.1', `${person}.localhost`);
    },
    async connect(server) {
      playground = await startPlayground({
        dir: join(dir, 'teams'),
        endpoint: `${server.url}/api/messages`,
        serviceUrl: `${page.url}${CONNECTOR}`,
      });
      stream = await follow(playground.url, history);
      await installIn(CHANNELS, playground.url, server);
    },
    async greet(server) {
      if (playground) await installIn([PERSONAL_CHAT], playground.url, server);
    },
    async close() {
      stream?.close();
      await page.close();
      await playground?.close();
    },
  };
}

/** From the first message on: the client forgets what it has told once. */
async function follow(client: string, history: History): Promise<WebSocket> {
  const stream = new WebSocket(`${client.replace('http', 'ws')}${STREAM}`);
  stream.addEventListener('message', ({ data }) => history.add(String(data)));
  await new Promise<void>((resolve, reject) => {
    stream.addEventListener('open', () => resolve());
    stream.addEventListener('error', ({ message }) => reject(new Error(`The client's stream: ${message}`)));
  });
  return stream;
}
