/** What `npm run teams:package` takes, makes and says. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PackageError, packageApp } from './app-package.ts';

const USAGE = `npm run teams:package -- --app-id ID --domain HOST [--name NAME] [--website URL] [--without-reading] [--out FILE]

  --app-id ID         Application (client) ID of the Azure Bot (default: MicrosoftAppId)
  --domain HOST       public host of the server (default: that of PENNYWATCH_PUBLIC_URL)
  --name NAME         what people call and mention it (default: Pennywatch)
  --website URL       where your people can read about it (default: https://HOST/)
  --without-reading   do not ask to read messages; a message whose delivery was cut off may come twice
  --out FILE          the package (default: pennywatch-teams.zip)
`;

export interface Outcome {
  readonly status: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Writes the zip that is uploaded to Teams. Never throws. */
export function makePackage(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Outcome {
  try {
    return { status: 0, stdout: run(args, env), stderr: '' };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { status: 2, stdout: '', stderr: `${words.trimEnd()}\n` };
  }
}

function run(args: readonly string[], env: Readonly<Record<string, string | undefined>>): string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'app-id': { type: 'string' },
      domain: { type: 'string' },
      name: { type: 'string', default: 'Pennywatch' },
      website: { type: 'string' },
      'without-reading': { type: 'boolean', default: false },
      out: { type: 'string', default: 'pennywatch-teams.zip' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return USAGE;
  const { MicrosoftAppId, PENNYWATCH_PUBLIC_URL } = env;
  const appId = values['app-id'] ?? MicrosoftAppId;
  const domain = values.domain ?? PENNYWATCH_PUBLIC_URL;
  if (!appId || !domain) throw new PackageError(`Something is missing.\n\n${USAGE}`);
  const host = domain.replace(/^https:\/\//, '').replace(/\/.*$/, '');
  const zip = packageApp({
    appId,
    domain,
    name: values.name,
    website: values.website ?? `https://${host}/`,
    reading: !values['without-reading'],
  });
  writeFileSync(values.out, zip);
  return `${values.out}: upload it to Teams (README, "Connect Teams").\n`;
}
