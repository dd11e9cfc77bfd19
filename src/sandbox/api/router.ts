/** The HTTP face for the app: Web API, uploads, response_urls. */
import express, { type Router } from 'express';
import { Refusal, refusalBody } from '../refusal.ts';
import { answerResponseUrl } from '../response-urls.ts';
import type { WorkspaceState } from '../state.ts';
import type { SandboxLog } from '../types.ts';
import { callMethod } from './call.ts';

const MAX_BODY = '5mb';
const MAX_UPLOAD = '50mb';

export function createApiRouter(state: WorkspaceState, log: SandboxLog): Router {
  const router = express.Router();
  const parse = [
    express.json({ limit: MAX_BODY }),
    express.urlencoded({ extended: false, limit: MAX_BODY, parameterLimit: 10_000 }),
  ];

  router.all(
    '/api/:method',
    onlyMethods,
    parse,
    (request: express.Request<{ method: string }>, response: express.Response) => {
      const { status, headers, body } = callMethod(state, {
        name: request.params.method,
        args: { ...request.query, ...(request.body as Record<string, unknown> | undefined) },
        authorization: request.headers.authorization,
        log,
      });
      response.status(status).set(headers).json(body);
    },
  );

  router.post(
    '/upload/v1/:file',
    express.raw({ type: () => true, limit: MAX_UPLOAD }),
    async (request: express.Request<{ file: string }>, response: express.Response) => {
      const file = state.files.get(request.params.file);
      const bytes = await uploadedBytes(request);
      if (!file || bytes.length !== file.expectedLength) {
        return response
          .status(400)
          .type('text')
          .send(`Expected ${file?.expectedLength ?? 0} bytes, got ${bytes.length}`);
      }
      file.bytes = bytes;
      return response.type('text').send(`OK - ${bytes.length}`);
    },
  );

  router.post(
    '/actions/:team/:number/:secret',
    parse,
    (
      request: express.Request<{ team: string; number: string; secret: string }>,
      response: express.Response,
    ) => {
      const { team, number, secret } = request.params;
      try {
        answerResponseUrl(state, `${team}/${number}/${secret}`, readPayload(request.body));
        response.json({ ok: true });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const gone = error.code === 'used_url' || error.code === 'expired_url';
        log.info(
          { error: error.code, problems: error.problems },
          'the sandbox refused an answer to a response_url',
        );
        response.status(gone ? 404 : 400).json(refusalBody(error));
      }
    },
  );
  return router;
}

/** Slack's methods have a dot in their name; other paths under /api may belong to the server around us. */
function onlyMethods(
  request: express.Request<{ method: string }>,
  _response: express.Response,
  next: express.NextFunction,
): void {
  next(request.params.method.includes('.') ? undefined : 'route');
}

/** The file as raw body, or as the first file of a multipart form. */
async function uploadedBytes(request: express.Request): Promise<Buffer> {
  const body: unknown = request.body;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const part = [...form.values()][0];
  if (part === undefined) return Buffer.alloc(0);
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}

/** A response_url takes JSON, or a form with JSON in `payload`. */
function readPayload(body: unknown): Record<string, unknown> {
  const given = (body ?? {}) as Record<string, unknown>;
  if (typeof given.payload !== 'string') return given;
  try {
    return JSON.parse(given.payload) as Record<string, unknown>;
  } catch {
    throw new Refusal('invalid_payload');
  }
}
