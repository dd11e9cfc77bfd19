/** A page that shows what the sample clouds hold and how it changes. It reads; nothing can be done from it. */
import express, { type Router } from 'express';
import type { SampleCloud } from '../sample/index.ts';
import { PAGE } from './page.ts';
import { readClouds } from './state.ts';

/** Serves the page at its root and what it shows at state.json. */
export function createCloudConsole(cloud: Pick<SampleCloud, 'standIns'>): Router {
  const router = express.Router();
  // With the slash, so that the page finds its state beside itself.
  router.get('/', (request, response) => {
    if (!request.originalUrl.split('?')[0]?.endsWith('/')) return response.redirect(`${request.baseUrl}/`);
    return response
      .set({
        'cache-control': 'no-cache',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:",
      })
      .type('html')
      .send(PAGE);
  });
  router.get('/state.json', (_request, response) => {
    response.set('cache-control', 'no-store').json(readClouds(cloud));
  });
  return router;
}
