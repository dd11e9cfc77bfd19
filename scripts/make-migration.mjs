// npm run migration -- NAME: writes prisma/migrations/<time>_<NAME>/migration.sql, the difference between
// prisma/schema.prisma as last committed and as it is now. A test proves that migrations and schema agree.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSchemaEngine } from '../src/store/schema-engine.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('usage: npm run migration -- name_in_lower_case');

const path = 'prisma/schema.prisma';
const content = readFileSync(path, 'utf8');
const dir = mkdtempSync(join(tmpdir(), 'migration-'));
const { engine, close } = await openSchemaEngine(`file:${join(dir, 'unused.db')}`, content);
const before = committed();
const { stdout } = await engine.diff({
  from: before === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path, content: before }] },
  to: { tag: 'schemaDatamodel', files: [{ path, content }] },
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: { externalTables: [], externalEnums: [] },
});
await close();
rmSync(dir, { recursive: true });
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const target = join('prisma/migrations', `${stamp}_${name}`);
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'migration.sql'), stdout);
process.stdout.write(`${target}\n${stdout}`);

function committed() {
  try {
    return execFileSync('git', ['show', `HEAD:${path}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}
