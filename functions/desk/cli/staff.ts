import { type Role, roles } from '../../ground/platform/context.ts';
import { addStaff as add } from '../../people/staff/add-staff.ts';
import { disableStaff as disable } from '../../people/staff/disable-staff.ts';
import { resetFactor as reset } from '../../people/staff/factor/reset-factor.ts';
import { listStaff as list } from '../../people/staff/list-staff.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines, timeText } from './text.ts';

export const addStaff: Command = {
  arguments: ['EMAIL'],
  options: {
    role: { summary: `${roles.join(', ')} (analysts only read)`, value: 'ROLE', isRequired: true },
    name: { summary: 'How the team calls them', value: 'NAME' },
    invite: { summary: 'Also email the link' },
  },
  about:
    'Prints a link that signs in once, within 24 hours. If they are already on the team, it sets their role and,\n' +
    'when given, their name, and prints a new link.',
  examples: ['staff add olena@example.com --role owner --name Olena'],
  run: async (call) => {
    const role = roleOf(call.text('role') ?? '');
    return withContext(
      call.defaults,
      async (ctx) => {
        const name = call.text('name');
        const { link } = await add(ctx, { email: call.argument(0), role, name, invite: call.isOn('invite') });
        await call.io.answer({ link }, [link]);
        return 0;
      },
      { usesSecret: true, house: await call.loadHouse() },
    );
  },
};

export const listStaff: Command = {
  arguments: [],
  options: {},
  examples: ['staff list'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const members = await list(ctx);
      const json = members.map(({ email, name, role, createdAt, disabledAt }) => ({
        email,
        name,
        role,
        createdAt,
        disabledAt,
      }));
      const rows = members.map(({ email, name, role, createdAt, disabledAt }) => [
        email,
        name ?? '',
        role,
        timeText(createdAt),
        disabledAt === null ? '' : `shut out ${timeText(disabledAt)}`,
      ]);
      await io.answer(json, tableLines(rows));
      if (members.length === 0) io.note('Nobody is on the team yet.');
      return 0;
    }),
};

export const disableStaff: Command = {
  arguments: ['EMAIL'],
  options: {},
  about: 'Ends their sessions and links at once. To restore access, use staff add.',
  examples: ['staff disable olena@example.com'],
  run: (call) =>
    withContext(call.defaults, async (ctx) => {
      const email = call.argument(0);
      await disable(ctx, { email });
      await call.io.answer({ email, isDisabled: true }, [`${email} is shut out.`]);
      return 0;
    }),
};

export const resetFactor: Command = {
  arguments: ['EMAIL'],
  options: {},
  about:
    'For someone who has lost both their authenticator app and their paper codes. Ends their sessions; they set up a new one at the next sign-in.',
  examples: ['staff reset-factor olena@example.com'],
  run: (call) =>
    withContext(call.defaults, async (ctx) => {
      const email = call.argument(0);
      await reset(ctx, { email });
      await call.io.answer({ email, isReset: true }, [
        `${email} sets up a new second factor at the next sign-in.`,
      ]);
      return 0;
    }),
};

function roleOf(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw new UsageError(`--role has to be one of ${roles.join(', ')}.`);
  return role;
}
