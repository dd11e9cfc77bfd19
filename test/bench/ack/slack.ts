/** A Slack that takes everything and shows nothing. */
import express from 'express';
import { listenToParent } from './child.ts';

const app = express();
let answers = 0;
let pictures = 0;
let base = '';

app.post('/answer', express.raw({ type: () => true, limit: '10mb' }), (_request, response) => {
  answers += 1;
  response.send('ok');
});
app.post('/upload', express.raw({ type: () => true, limit: '10mb' }), (_request, response) => {
  pictures += 1;
  response.send('OK');
});
app.use('/api/:method', express.raw({ type: () => true, limit: '10mb' }), (request, response) => {
  switch (request.params.method) {
    case 'files.getUploadURLExternal':
      return response.json({ ok: true, file_id: `F${pictures}`, upload_url: `${base}/upload` });
    case 'files.info':
      return response.json({ ok: true, file: { id: 'F1', mimetype: 'image/png', original_w: 1800 } });
    case 'auth.test':
      return response.json({ ok: true, team: 'Bench', team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' });
    default:
      return response.json({ ok: true, channel: 'C1', ts: '1.000001', files: [] });
  }
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  listenToParent(base, { count: () => ({ answers, pictures }) });
});
