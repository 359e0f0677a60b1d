import { enableCompileCache } from 'node:module';
import { portal } from '../src/portal.config.ts';
import { endQuietlyWithReader } from './desk/cli/io.ts';
import { resolveDrizzleByAddress } from './desk/cli/resolve-drizzle.ts';
import { shareMemory } from './desk/cli/share-memory.ts';

if (process.argv[2] === 'serve') shareMemory(process);
enableCompileCache();
resolveDrizzleByAddress();
endQuietlyWithReader();
const { runCli } = await import('./desk/cli/run-cli.ts');
process.exitCode = await runCli(process.argv.slice(2), {
  defaults: portal,
  loadHouse: async () => (await import('./rooms.ts')).house,
});
