import { addKey as add, addKeyInput } from '../../ground/keys/add-key.ts';
import { listKeys as list } from '../../ground/keys/list-keys.ts';
import { revokeKey as revoke } from '../../ground/keys/revoke-key.ts';
import { isDay } from '../../ground/platform/calendar.ts';
import { scopes } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
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
    until: { summary: 'First day (UTC) on which it no longer works, such as 2027-01-01', value: 'DAY' },
  },
  about: `Prints only the key, this once. Scopes: ${scopes.join(', ')}.`,
  examples: ['keys add till --scope orders:write --scope redemptions:write'],
  run: async (call) => {
    for (const scope of call.list('scope')) {
      if (!scopes.some((known) => known === scope))
        throw new UsageError(`--scope '${scope}' is unknown; the scopes are ${scopes.join(', ')}.`);
    }
    const until = call.text('until');
    if (until !== null && !isDay(until))
      throw new UsageError(`--until '${until}' is not a day such as 2027-01-01.`);
    const expiresAt = until === null ? null : Date.parse(`${until}T00:00:00Z`);
    return withContext(call.defaults, async (ctx) => {
      const asked = { name: call.argument(0), scopes: call.list('scope'), expiresAt };
      const input = parseInput(addKeyInput, asked);
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
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const keys = await list(ctx);
      const rows = keys.map(
        ({ prefix, name, scopes: granted, createdAt, revokedAt, expiresAt, lastUsedOn }) => [
          `${prefix}…`,
          name,
          granted.join(' '),
          timeText(createdAt),
          lastUsedOn === null ? 'never used' : `last used ${lastUsedOn}`,
          endText({ revokedAt, expiresAt }),
        ],
      );
      await io.answer(keys, tableLines(rows));
      if (keys.length === 0) io.note('There are no keys yet.');
      return 0;
    }),
};

function endText({ revokedAt, expiresAt }: { revokedAt: number | null; expiresAt: number | null }): string {
  if (revokedAt !== null) return `revoked ${timeText(revokedAt)}`;
  return expiresAt === null ? '' : `until ${timeText(expiresAt)}`;
}

export const revokeKey: Command = {
  arguments: ['KEY'],
  options: {},
  about: 'KEY is the first characters that keys list shows, or the id.',
  examples: ['keys revoke reg_a1B2c3'],
  run: (call) =>
    withContext(call.defaults, async (ctx) => {
      const revoked = await revoke(ctx, { id: call.argument(0).replace(/…$/, '') });
      await call.io.answer(revoked, [`The key ${revoked.name} no longer works.`]);
      return 0;
    }),
};
