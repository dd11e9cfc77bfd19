/** The built page and the uploaded files, as the browser asks for them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { readImageInfo } from '../image-size.ts';
import type { WorkspaceState } from '../state.ts';

const NOT_BUILT = 'The page of the sandbox is not built. Run "npm run build", then reload.';

export function createAssetRouter(state: WorkspaceState, pageDir: string | undefined): Router {
  const router = express.Router();
  const folder = pageDir ?? findPage();

  router.get(['/', '/archives/:channel/:message'], (request, response) => {
    if (!folder) return response.status(503).type('text').send(NOT_BUILT);
    const { channel, message } = request.params as { channel?: string; message?: string };
    // The page reads the place from the fragment, so that one file serves every address.
    if (channel)
      return response.redirect(`../../#${encodeURIComponent(channel)}/${encodeURIComponent(message ?? '')}`);
    return response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
  if (folder) {
    for (const name of ['page.js', 'page.css']) {
      router.get(`/${name}`, (_request, response) => {
        response.set('cache-control', 'no-cache').sendFile(name, { root: folder });
      });
    }
  }

  router.get('/files/:file/:name', (request, response) => {
    const file = state.files.get(request.params.file);
    if (!file?.bytes) return response.status(404).type('text').send('There is no such file.');
    // Only pictures are shown; anything else somebody uploaded is a download.
    const image = readImageInfo(file.bytes);
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=3600' });
    if (!image) response.attachment(file.name);
    return response.type(image?.mimetype ?? 'application/octet-stream').send(file.bytes);
  });
  return router;
}

/** Beside the compiled server, or in `dist` when the sources run directly. */
function findPage(): string | undefined {
  const candidates = ['../page', '../../../dist/sandbox/page'];
  return candidates
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(join(path, 'page.js')));
}
