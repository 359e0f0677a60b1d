import { existsSync } from 'node:fs';
import type { Context } from '../platform/context.ts';
import { CliError, type Command } from './command.ts';
import { withContext } from './context.ts';

export const demo: Command = {
  arguments: [],
  options: {},
  about:
    'A business that does not exist, with customers, two years of orders and their rewards. The database has to be\n' +
    'empty.',
  examples: ['demo'],
  run: ({ io }) =>
    withContext(
      async (ctx) => {
        if (!(await isEmpty(ctx)))
          throw new CliError('The demo goes into an empty database; this one is not.');
        await loadDemo(ctx);
        await io.answer({ loaded: true }, ['The demo business is loaded.']);
        return 0;
      },
      { usesSecret: true },
    ),
};

/** Whether nothing was ever recorded or set. */
export async function isEmpty({ db }: Pick<Context, 'db'>): Promise<boolean> {
  const [row] = await db.read({
    sql: 'SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM programmes) OR EXISTS (SELECT 1 FROM settings)',
    args: [],
  });
  return row?.[0] === 0n;
}

/** @throws {CliError} when this copy comes without the demo */
export async function loadDemo(ctx: Context): Promise<void> {
  const url = new URL('../demo/load-demo.ts', import.meta.url);
  if (!existsSync(url)) throw new CliError('This copy comes without the demo.');
  const module: { loadDemo: (ctx: Context) => Promise<unknown> } = await import(url.href);
  await module.loadDemo(ctx);
}

export function hasDemo(): boolean {
  return existsSync(new URL('../demo/load-demo.ts', import.meta.url));
}
