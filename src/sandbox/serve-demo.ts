/** One address for the demo: the workspace, and under it the page of the sample clouds. */
import { createServer } from 'node:http';
import express from 'express';
import { createCloudConsole } from './cloud/console/router.ts';
import type { SampleCloud } from './cloud/sample/index.ts';
import type { Sandbox } from './create-sandbox.ts';

/** Where the sample clouds are looked at, below the workspace's address. */
export const CLOUDS = 'cloud/';

export interface DemoServer {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Rejects with the system's error when the port is taken. Port 0 takes any. */
export async function serveDemo(
  { sandbox, cloud }: { readonly sandbox: Sandbox; readonly cloud: SampleCloud },
  { host, port }: { readonly host: string; readonly port: number },
): Promise<DemoServer> {
  const app = express().disable('x-powered-by');
  app.use(`/${CLOUDS.replace('/', '')}`, createCloudConsole(cloud));
  app.use(sandbox.router);
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const actual = typeof bound === 'object' && bound ? bound.port : port;
  return {
    url: `http://${host}:${actual}`,
    async close() {
      await sandbox.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
