import { existsSync } from 'node:fs';
import type { RunningServer } from '../../ground/http/running-server.ts';
import { assertServable, warningsOf } from '../../ground/platform/check-serving.ts';
import type { Config } from '../../ground/platform/config.ts';
import { makeOwnerLink } from '../../people/sign-in/make-owner-link.ts';
import { isDemo } from '../demo/is-demo.ts';
import { type BackgroundRunner, startBackgroundRunner } from './background-runner.ts';
import { chooseDatabase, type DatabaseSettings, type ServeCall, withDatabase } from './choose-database.ts';
import { CliError, type Command } from './command.ts';
import { readSettings } from './context.ts';
import type { Io } from './io.ts';
import { keepServing } from './last-resort.ts';
import { openLog } from './log.ts';
import { makeOwnShop, type OwnShopMade, ownerLine } from './make-own-shop.ts';

const CLOSE_MS_MAX = 10_000;

export const serve: Command = {
  arguments: [],
  options: {},
  about:
    'Serves what npm run build has built, on HOST and PORT. While a database file has nothing in it, a demo business is\n' +
    'served from demo.db beside it, unless DEMO=off; one press in the browser starts the own shop.\n' +
    'While nobody is on the team, its last line is a link that makes the first owner.\n' +
    'Stops on SIGTERM or SIGINT once running requests are answered, within 10 seconds; at once when told again.',
  examples: ['serve'],
  run: async ({ io, loadHouse, defaults }) => {
    const built = new URL('../../../dist/node/server/entry.mjs', import.meta.url);
    assertServable(readSettings().config);
    if (!existsSync(built)) throw new CliError('The portal has not been built yet. Run: npm run build');
    const { config, place } = readSettings({ usesSecret: true });
    const call = { io, defaults, house: await loadHouse() };
    const opened = await openPlace({ config, place }, call);
    const log = openLog({ isJson: io.terminal === null, level: 'info' });
    for (const line of warningsOf(config)) log.warn(line);
    const entry: Entry = await import(built.href);
    const broken = keepServing();
    const background = followShop(opened, call);
    const server = await entry.start(opened.config, background.makeOwnShop);
    for (const line of welcome(config, opened)) io.note(line);
    if (opened.ownerLink !== null) io.note(ownerLine(opened.ownerLink));
    const code = await Promise.race([askedToStop(), broken]);
    await close({ close: () => Promise.all([background.stop(), server.close()]) }, io, code);
    return code;
  },
};

interface Entry {
  start: (config: Config, makeOwnShop?: () => Promise<OwnShopMade>) => Promise<RunningServer>;
}

/** Works in the background for the shop that is served: first perhaps the demo, later the own one. */
function followShop({ config, makeOwnShop: make }: Opened, call: ServeCall) {
  let runner: Promise<BackgroundRunner> = startBackgroundRunner(config, call);
  const stop = async () => (await runner).stop();
  if (make === undefined) return { stop, makeOwnShop: undefined };
  const makeOwnShop = async () => {
    const made = await make();
    await stop();
    const takePlace = async () => {
      await made.takePlace();
      runner = startBackgroundRunner(made.config, call);
    };
    return { ...made, takePlace };
  };
  return { stop, makeOwnShop };
}

interface Opened {
  config: Config;
  signIns: SignIns;
  ownerLink: string | null;
  makeOwnShop?: () => Promise<OwnShopMade>;
}

/** Chooses between the own database and the demo beside it, makes it ready, and lets in the first owner. */
async function openPlace(own: DatabaseSettings, call: ServeCall): Promise<Opened> {
  const served = await chooseDatabase(own, call);
  return withDatabase(served, call, async (ctx) => {
    const ownerLink = await makeOwnerLink(ctx);
    if (!own.config.isDemo || !(await isDemo(ctx))) return { config: served.config, signIns: [], ownerLink };
    const { demoSignIns } = await import('../demo/demo-sign-ins.ts');
    const opened = { config: served.config, signIns: demoSignIns, ownerLink };
    if (own.place.kind !== 'file') return opened;
    return { ...opened, makeOwnShop: () => makeOwnShop({ own, demo: served }, call) };
  });
}

type SignIns = readonly { email: string; sees: string }[];

function welcome({ publicUrl, mail, databaseUrl }: Config, { config, signIns }: Opened): string[] {
  const signIn =
    mail.kind === 'mailbox'
      ? [
          `Sign in:  ${publicUrl}/sign-in`,
          `Mail:     ${publicUrl}/mailbox shows emails, because no mail key is set`,
        ]
      : [`Sign in:  ${publicUrl}/sign-in`];
  const whom = signIns.map(({ email, sees }) => `  ${email.padEnd(26)} ${sees}`);
  if (whom.length > 0) whom.unshift('Customers of the demo:');
  if (config.databaseUrl !== databaseUrl)
    whom.push(
      `The demo is in ${config.databaseUrl}. Your own shop, ${databaseUrl}, starts at ${publicUrl}/own-shop`,
    );
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

async function close(server: { close: () => Promise<unknown> }, io: Io, code: number): Promise<void> {
  io.note('Stopping …');
  const deadline = setTimeout(() => {
    io.warn('Some requests did not finish in time.');
    process.exit(code);
  }, CLOSE_MS_MAX);
  await server.close();
  clearTimeout(deadline);
}
