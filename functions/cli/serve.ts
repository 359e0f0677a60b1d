import { existsSync } from 'node:fs';
import { assertServable, warningsOf } from '../platform/check-serving.ts';
import type { Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import type { RunningServer } from '../server.ts';
import { CliError, type Command } from './command.ts';
import { contextOver, prepare, readSettings } from './context.ts';
import { openDatabase, type Place } from './database.ts';
import type { Io } from './io.ts';
import { keepServing } from './last-resort.ts';
import { openLog } from './log.ts';

const CLOSE_MS_MAX = 10_000;

export const serve: Command = {
  arguments: [],
  options: {},
  about:
    'Serves what npm run build has built, on HOST and PORT. An empty database gets the demo business unless DEMO=off.\n' +
    'Stops on SIGTERM or SIGINT once running requests are answered, within 10 seconds; at once when told again.',
  examples: ['serve'],
  run: async ({ io }) => {
    const built = new URL('../../dist/node/server/entry.mjs', import.meta.url);
    assertServable(readSettings().config);
    if (!existsSync(built)) throw new CliError('The portal has not been built yet. Run: npm run build');
    const { config, place } = readSettings({ usesSecret: true });
    const signIns = await openHouse({ config, place }, io);
    const log = openLog({ isJson: io.terminal === null, level: 'info' });
    for (const line of warningsOf(config)) log.warn(line);
    const entry: { start: (config: Config) => Promise<RunningServer> } = await import(built.href);
    const broken = keepServing();
    const server = await entry.start(config);
    for (const line of welcome(config, signIns)) io.note(line);
    const code = await Promise.race([askedToStop(), broken]);
    await close(server, io, code);
    return code;
  },
};

/** Migrates a file, looks at a server's database, and fills an empty one with the demo if wanted. */
async function openHouse({ config, place }: { config: Config; place: Place }, io: Io): Promise<SignIns> {
  const db = await openDatabase(place, config.databaseAuthToken);
  try {
    await prepare(db, place);
    return config.isDemo ? await openDemo(contextOver(db, config), io) : [];
  } finally {
    db.close();
  }
}

type SignIns = readonly { email: string; sees: string }[];

/** Whom one may sign in as where the demo is loaded, nobody elsewhere. */
async function openDemo(ctx: Context, io: Io): Promise<SignIns> {
  const { demoSignIns, isDemo, isEmpty, loadDemo } = await import('../demo/load-demo.ts');
  if (await isEmpty(ctx)) {
    io.note('Loading the demo business …');
    await loadDemo(ctx);
  }
  return (await isDemo(ctx)) ? demoSignIns : [];
}

function welcome({ publicUrl, mail }: Config, signIns: SignIns): string[] {
  const signIn =
    mail.kind === 'mailbox'
      ? [
          `Sign in:  ${publicUrl}/sign-in`,
          `Mail:     ${publicUrl}/mailbox shows emails, because no mail key is set`,
        ]
      : [`Sign in:  ${publicUrl}/sign-in`];
  const whom = signIns.map(({ email, sees }) => `  ${email.padEnd(26)} ${sees}`);
  if (whom.length > 0) whom.unshift('Customers of the demo:');
  return [`Regulars: ${publicUrl}`, ...signIn, ...whom, 'Stop with Ctrl+C.'];
}

const signals = ['SIGTERM', 'SIGINT'] as const;
/** npm and service managers hand a signal on that we got as well: twice within this time is once. */
const SAME_SIGNAL_MS = 1000;

function askedToStop(): Promise<0> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of signals) {
      process.on(signal, () => {
        askedAt ??= performance.now();
        if (performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
        resolve(0);
      });
    }
  });
}

async function close(server: RunningServer, io: Io, code: number): Promise<void> {
  io.note('Stopping …');
  const deadline = setTimeout(() => {
    io.warn('Some requests did not finish in time.');
    process.exit(code);
  }, CLOSE_MS_MAX);
  await server.close();
  clearTimeout(deadline);
}
