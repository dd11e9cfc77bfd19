// Leaves a runnable build after `npm ci`: Prisma client, compiled sources, the sandbox's page, and the `pennywatch` command.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const run = (...args) => execFileSync(process.execPath, args, { stdio: 'inherit' });

if (!existsSync('node_modules/typescript')) {
  process.stdout.write('Development dependencies are not installed: keeping the build that is there.\n');
  process.exit(0);
}
rmSync('dist', { recursive: true, force: true });
run('scripts/prisma-generate.mjs');
run(join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), '-p', 'tsconfig.json');
run('scripts/build-page.mjs');
chmodSync('dist/cli.js', 0o755);
linkCommand();

/** npm links the commands of dependencies, not of the package itself; `npx pennywatch` looks here. */
function linkCommand() {
  if (process.platform === 'win32') return;
  const bin = 'node_modules/.bin';
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, 'pennywatch'), { force: true });
  symlinkSync('../../dist/cli.js', join(bin, 'pennywatch'));
}
