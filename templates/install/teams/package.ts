/** `npm run teams:package`: makes the zip that is uploaded to Teams. */
import { makePackage } from './package-command.ts';

const { status, stdout, stderr } = makePackage(process.argv.slice(2), process.env);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;
