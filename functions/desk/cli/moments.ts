import { listMoments } from '../../care/moments/list-moments.ts';
import { setMoment } from '../../care/moments/set-moment.ts';
import { logSign } from '../../care/moments/social/log-sign.ts';
import { socialPlaces } from '../../care/moments/social/places.ts';
import { readerByEmail } from '../../people/texts/reader-by-email.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

export const momentsListed: Command = {
  arguments: [],
  options: {},
  about:
    'What is said or done by itself once there is a reason for it, and what that came to in the last 30 days.',
  examples: ['moments list', 'moments list --json'],
  run: async ({ io, defaults, loadHouse }) =>
    withContext(
      defaults,
      async (ctx) => {
        const { items, currency } = await listMoments(ctx);
        const rows = items.map(({ name, isOn, settings, counts }) => [
          ...[name, isOn ? 'on' : 'off', settings.map((one) => `${one.name}=${one.value}`).join(' ')],
          counts.tasks > 0 ? `${counts.tasks} tasks` : `${counts.sent} of ${counts.written} sent`,
        ]);
        await io.answer({ currency, items }, tableLines(rows));
        return 0;
      },
      { house: await loadHouse() },
    ),
};

export const momentSet: Command = {
  arguments: ['NAME', '[on|off]'],
  options: {
    set: { summary: 'What else is decided about it, such as days=3', value: 'PART=VALUE', isMultiple: true },
  },
  about: 'Switches a moment on or off, and sets it; from now on.',
  examples: [
    'moments set late_parcel on',
    'moments set reorder on --set days=3',
    'moments set event_soon off',
  ],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const typed = call.argument(1);
        const settings = Object.fromEntries(call.list('set').map(readPart));
        if (typed === '' && call.list('set').length === 0)
          throw new UsageError('Say on or off, or what to --set.');
        const isOn = typed === '' ? {} : { isOn: oneIn(typed, ['on', 'off'], 'What follows NAME') === 'on' };
        const done = await setMoment(ctx, { name: call.argument(0), settings, ...isOn });
        await call.io.answer(done, [`${done.name} is set.`]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const signLogged: Command = {
  arguments: ['EMAIL', 'PLACE'],
  options: {
    post: { summary: 'Where they wrote about the business; left out, they follow it', value: 'URL' },
  },
  about: `Writes down that a customer follows the business, or wrote about it, on one of: ${socialPlaces.join(', ')}.`,
  examples: [
    'moments log ann@example.com instagram',
    'moments log ann@example.com x --post https://x.com/ann/1',
  ],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { id: customerId } = await readerByEmail(ctx, call.argument(0).toLowerCase());
        const link = call.text('post');
        const logged = await logSign(ctx, {
          ...{ customerId, place: oneIn(call.argument(1), socialPlaces, 'PLACE'), link },
          kind: link === null ? 'follow' : 'post',
        });
        await call.io.answer(logged, [logged.isNew ? 'Logged.' : 'It was logged before.']);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function readPart(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  if (name === '' || value.length === 0) throw new UsageError('--set takes PART=VALUE, such as days=3.');
  return [name, value.join('=')];
}
