// Bundles the sandbox's page (React) into dist/sandbox/page: index.html, page.js, page.css. Works offline.
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'src/sandbox/page');
const target = join(root, 'dist/sandbox/page');

mkdirSync(target, { recursive: true });
await build({
  entryPoints: [join(source, 'page.tsx')],
  outfile: join(target, 'page.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
  logLevel: 'warning',
});
cpSync(join(source, 'index.html'), join(target, 'index.html'));
