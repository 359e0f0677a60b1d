import { addKey as add, addKeyInput } from '../keys/add-key.ts';
import { listKeys as list } from '../keys/list-keys.ts';
import { revokeKey as revoke } from '../keys/revoke-key.ts';
import { scopes } from '../platform/context.ts';
import { parseInput } from '../platform/parse-input.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines, timeText } from './text.ts';

export const addKey: Command = {
  arguments: ['NAME'],
  options: {
    scope: {
      summary: 'What it may do; give several',
      value: 'SCOPE',
      isMultiple: true,
      isRequired: true,
    },
  },
  about: `Prints only the key, this once. Scopes: ${scopes.join(', ')}.`,
  examples: ['keys add till --scope orders:write --scope redemptions:write'],
  run: async (call) => {
    for (const scope of call.list('scope')) {
      if (!scopes.some((known) => known === scope))
        throw new UsageError(`--scope '${scope}' is unknown; the scopes are ${scopes.join(', ')}.`);
    }
    return withContext(async (ctx) => {
      const input = parseInput(addKeyInput, { name: call.argument(0), scopes: call.list('scope') });
      const made = await add(ctx, input);
      await call.io.answer({ id: made.id, key: made.key }, [made.key]);
      return 0;
    });
  },
};

export const listKeys: Command = {
  arguments: [],
  options: {},
  examples: ['keys list'],
  run: ({ io }) =>
    withContext(async (ctx) => {
      const keys = await list(ctx);
      const rows = keys.map(({ prefix, name, scopes: granted, createdAt, revokedAt }) => [
        `${prefix}…`,
        name,
        granted.join(' '),
        timeText(createdAt),
        revokedAt === null ? '' : `revoked ${timeText(revokedAt)}`,
      ]);
      await io.answer(keys, tableLines(rows));
      if (keys.length === 0) io.note('There are no keys yet.');
      return 0;
    }),
};

export const revokeKey: Command = {
  arguments: ['KEY'],
  options: {},
  about: 'KEY is the first characters that keys list shows, or the id.',
  examples: ['keys revoke reg_a1B2c3'],
  run: (call) =>
    withContext(async (ctx) => {
      const revoked = await revoke(ctx, { id: call.argument(0).replace(/…$/, '') });
      await call.io.answer(revoked, [`The key of ${revoked.name} opens nothing any more.`]);
      return 0;
    }),
};
