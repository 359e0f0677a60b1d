import { readConfig } from '../../functions/platform/config.ts';
import type * as Entry from '../../functions/server.ts';

/** The built portal as it is deployed. Usage: node ours.ts DATABASE PORT */
const [path = '', port = ''] = process.argv.slice(2);
const entry: typeof Entry = await import(new URL('../../dist/node/server/entry.mjs', import.meta.url).href);
const env = { DATABASE_URL: `file:${path}`, PORT: port, PUBLIC_URL: `http://localhost:${port}`, DEMO: 'off' };
await entry.start(readConfig(env, 'a-secret-of-the-bench-32-characters-long'));
process.stdout.write('ready\n');
