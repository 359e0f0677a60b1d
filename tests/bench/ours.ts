import { createServer } from 'node:http';
import { readConfig } from '../../functions/ground/platform/config.ts';
import type * as Entry from '../../functions/server.ts';

/** The built portal as it is deployed, with a stand-in for the provider of mail. Usage: node ours.ts DATABASE PORT */
const [path = '', port = ''] = process.argv.slice(2);
const provider = createServer((_, answer) => {
  answer.setHeader('Content-Type', 'application/json').end('{"id":"sent"}');
});
await new Promise<void>((resolve) => provider.listen(Number(port) + 100, '127.0.0.1', resolve));
const entry: typeof Entry = await import(new URL('../../dist/node/server/entry.mjs', import.meta.url).href);
const env = {
  DATABASE_URL: `file:${path}`,
  PORT: port,
  PUBLIC_URL: `http://localhost:${port}`,
  DEMO: 'off',
  MAIL_FROM: 'club@example.com',
  RESEND_API_KEY: 're_of_the_bench',
  RESEND_BASE_URL: `http://127.0.0.1:${Number(port) + 100}`,
};
await entry.start(readConfig(env, 'a-secret-of-the-bench-32-characters-long'));
process.stdout.write('ready\n');
