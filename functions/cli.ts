import { enableCompileCache } from 'node:module';
import { endQuietlyWithReader } from './cli/io.ts';

enableCompileCache();
endQuietlyWithReader();
const { runCli } = await import('./cli/run-cli.ts');
process.exitCode = await runCli(process.argv.slice(2));
